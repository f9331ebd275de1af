// What plain HTML and htmx leave open: telling that the connection is lost, keeping folds open over updates,
// sending the filter on change, and a sound for what cannot wait. No page needs it to work.
(function () {
  'use strict';

  var SILENCE_MS = 14000; // the server says something at least every 5 s
  var FROZEN_MS = 25000; // a page asks for itself at least every 10 s and waits 8 s for the answer
  var streaming = document.body.hasAttribute('sse-connect');
  var live = document.getElementById('live');
  var lost = document.getElementById('lost');
  var open = {};

  // Two clocks: that the server beats does not say that the page is fresh. Each has its own trouble and its own cure.
  var events = { since: Date.now(), failed: false };
  var refresh = { since: Date.now(), failed: false };

  function good(clock) {
    clock.since = Date.now();
    clock.failed = false;
    showLost();
  }

  function bad(clock) {
    clock.failed = true;
    showLost();
  }

  function stands(clock, limit) {
    return clock.failed || Date.now() - clock.since > limit;
  }

  function isLost() {
    return (streaming && stands(events, SILENCE_MS)) || stands(refresh, FROZEN_MS);
  }

  function showLost() {
    lost.hidden = !isLost();
    document.documentElement.classList.toggle('lost', isLost());
  }

  if (live) {
    document.body.addEventListener('htmx:sseOpen', function () { good(events); });
    document.body.addEventListener('sse:beat', function () { good(events); });
    document.body.addEventListener('htmx:sseError', function () { bad(events); });
    // Charts ask for themselves; that they do not answer says nothing of the page.
    document.body.addEventListener('htmx:sendError', function (event) { if (event.target === live) { bad(refresh); } });
    document.body.addEventListener('htmx:timeout', function (event) { if (event.target === live) { bad(refresh); } });
    // An answer without this page's part is none of ours, whatever its status: a login page, a proxy's apology.
    document.body.addEventListener('htmx:beforeSwap', function (event) {
      var asking = event.detail.requestConfig.elt;
      var part = asking.getAttribute('hx-select').slice(1);
      if (asking !== live) {
        event.detail.shouldSwap = event.detail.shouldSwap && event.detail.serverResponse.indexOf('id="' + part + '"') >= 0;
        return;
      }
      if (!event.detail.isError && event.detail.serverResponse.indexOf('id="' + part + '"') >= 0) {
        good(refresh);
      } else {
        event.detail.shouldSwap = false;
        bad(refresh);
      }
    });
    // A page in the background is not given the time to ask; it gets a full span when it is looked at again.
    document.addEventListener('visibilitychange', function () { refresh.since = Date.now(); });
    setInterval(function () {
      if (document.hidden) { refresh.since = Date.now(); }
      showLost();
    }, 1000);
  }

  // Folds that a person opened stay open when the list is drawn anew.
  document.body.addEventListener('toggle', function (event) {
    if (event.target.id) { open[event.target.id] = event.target.open; }
  }, true);
  document.body.addEventListener('htmx:afterSwap', function () {
    Object.keys(open).forEach(function (id) {
      var fold = document.getElementById(id);
      if (fold && fold.tagName === 'DETAILS' && fold.open !== open[id]) { fold.open = open[id]; }
    });
  });

  var filter = document.querySelector('form[data-autosubmit]');
  if (filter) {
    filter.classList.add('auto');
    filter.addEventListener('change', function () { filter.requestSubmit(); });
    filter.addEventListener('submit', function () {
      filter.querySelectorAll('select').forEach(function (select) { select.disabled = select.value === ''; });
    });
    window.addEventListener('pageshow', function () {
      filter.querySelectorAll('select').forEach(function (select) { select.disabled = false; });
    });
  }

  var print = document.getElementById('print');
  if (print) {
    print.hidden = false;
    print.addEventListener('click', function () { window.print(); });
  }

  // Sound: off until somebody turns it on, and silent until somebody has clicked, since browsers want it so.
  var REPEAT_MS = 30000;
  var sound = document.getElementById('sound');
  if (!live || !window.AudioContext) { return; }
  var audio = null;
  var heard = latest();
  var beeped = Date.now();

  function banners(name) {
    return Number(document.getElementById('banners').dataset[name]);
  }

  // When the latest of the alerts that cannot wait came; one acknowledged and one new in its place is still later.
  function latest() { return banners('latest'); }

  function calls() {
    return banners('urgent') > 0 || !lost.hidden || document.querySelector('#banners .stale') !== null;
  }

  function soundIsOn() {
    try { return localStorage.getItem('fengsui-sound') === 'on'; } catch (e) { return false; }
  }

  function showSound() {
    var blocked = soundIsOn() && audio && audio.state !== 'running';
    sound.textContent = soundIsOn() ? (blocked ? sound.dataset.blocked : sound.dataset.on) : sound.dataset.off;
    sound.setAttribute('aria-pressed', String(soundIsOn()));
    sound.classList.toggle('blocked', Boolean(blocked));
  }

  function wakeAudio() {
    if (!audio) {
      audio = new AudioContext();
      audio.onstatechange = showSound;
    }
    audio.resume();
  }

  function beep() {
    wakeAudio();
    beeped = Date.now();
    if (audio.state !== 'running') { return; } // tones started now would all sound at the first click
    [0, 0.25, 0.5].forEach(function (delay) {
      var tone = audio.createOscillator();
      var volume = audio.createGain();
      tone.frequency.value = 880;
      volume.gain.value = 0.2;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + delay);
      tone.stop(audio.currentTime + delay + 0.15);
    });
  }

  sound.hidden = false;
  if (soundIsOn()) { wakeAudio(); }
  showSound();
  sound.addEventListener('click', function () {
    var enables = soundIsOn() && audio && audio.state !== 'running';
    try { localStorage.setItem('fengsui-sound', soundIsOn() && !enables ? 'off' : 'on'); } catch (e) { return; }
    if (soundIsOn()) {
      wakeAudio();
      audio.resume().then(beep);
    }
    showSound();
  });
  document.addEventListener('click', function () { if (soundIsOn() && audio) { audio.resume(); } });
  document.body.addEventListener('htmx:afterSettle', function () {
    if (latest() > heard && soundIsOn()) { beep(); }
    heard = Math.max(heard, latest());
  });
  setInterval(function () {
    if (soundIsOn() && calls() && Date.now() - beeped >= REPEAT_MS) { beep(); }
  }, 1000);
})();

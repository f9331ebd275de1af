// What plain HTML and htmx leave open: telling that the connection is lost, keeping folds open over updates,
// sending the filter on change, and a sound for new grave alerts. No page needs it to work.
(function () {
  'use strict';

  var SILENCE_MS = 14000; // the server says something at least every 5 s
  var streaming = document.body.hasAttribute('sse-connect');
  var lost = document.getElementById('lost');
  var lastSign = Date.now();
  var open = {};

  function alive() {
    lastSign = Date.now();
    setLost(false);
  }

  function setLost(isLost) {
    lost.hidden = !isLost;
    document.documentElement.classList.toggle('lost', isLost);
  }

  document.body.addEventListener('htmx:sseOpen', alive);
  document.body.addEventListener('sse:beat', alive);
  document.body.addEventListener('htmx:afterOnLoad', function () { if (!streaming) { alive(); } });
  document.body.addEventListener('htmx:sseError', function () { setLost(true); });
  document.body.addEventListener('htmx:sendError', function () { setLost(true); });
  document.body.addEventListener('htmx:timeout', function () { setLost(true); });
  document.body.addEventListener('htmx:responseError', function () { setLost(true); });
  if (document.getElementById('live')) {
    setInterval(function () {
      if (Date.now() - lastSign > SILENCE_MS) { setLost(true); }
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

  // Sound: off until somebody turns it on, since browsers allow it only after a click.
  var sound = document.getElementById('sound');
  if (!streaming || document.documentElement.classList.contains('drill') || !window.AudioContext) { return; }
  var audio = null;
  var urgent = countUrgent();

  function countUrgent() {
    var banners = document.getElementById('banners');
    return banners ? Number(banners.dataset.urgent) : 0;
  }

  function soundIsOn() {
    try { return localStorage.getItem('fengsui-sound') === 'on'; } catch (e) { return false; }
  }

  function showSound() {
    sound.textContent = soundIsOn() ? sound.dataset.on : sound.dataset.off;
    sound.setAttribute('aria-pressed', String(soundIsOn()));
  }

  function beep() {
    audio = audio || new AudioContext();
    audio.resume();
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
  showSound();
  sound.addEventListener('click', function () {
    try { localStorage.setItem('fengsui-sound', soundIsOn() ? 'off' : 'on'); } catch (e) { return; }
    showSound();
    if (soundIsOn()) { beep(); }
  });
  document.body.addEventListener('htmx:afterSettle', function () {
    var now = countUrgent();
    if (now > urgent && soundIsOn()) { beep(); }
    urgent = now;
  });
})();

// Draws the lists of the map page with Leaflet: units and sites once, alerts again after each update. It asks for nothing.
// Texts are set as text alone: names come from outside.
(function () {
  'use strict';

  var frame = document.getElementById('map');
  if (!frame || !window.L) { return; }
  var NEAR_PX = 30;
  var WAY = ['I', 'II', 'III', 'IV'];

  frame.textContent = '';
  var map = L.map(frame, { attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: 19, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: frame.dataset.in, zoomOutTitle: frame.dataset.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  var marks = L.layerGroup().addTo(map);

  function point(text) {
    var parts = text.split(',').map(Number);
    return L.latLng(parts[1], parts[0]);
  }

  function span(text, className) {
    var element = document.createElement('span');
    element.textContent = text;
    element.className = className || '';
    return element;
  }

  function box(text) {
    var n = text.split(',').map(Number);
    return L.latLngBounds([n[1], n[0]], [n[3], n[2]]);
  }

  var first = frame.dataset.box || frame.dataset.bounds;
  if (first) {
    map.fitBounds(box(first), { padding: [24, 24], maxZoom: 15 });
  } else {
    map.setView([31.36, 120.98], 11); // Kunshan; only where the reference data has no position at all
  }

  document.querySelectorAll('#areas li').forEach(function (area) {
    if (area.dataset.outline) {
      L.polygon(area.dataset.outline.split(' ').map(point), { className: 'unit-area', interactive: false }).addTo(map);
    }
    if (area.dataset.at) {
      var name = (area.dataset.vague ? frame.dataset.about + ' ' : '') + area.textContent;
      L.marker(point(area.dataset.at), {
        icon: L.divIcon({ className: 'unit-name', html: span(name), iconSize: null }), interactive: false, keyboard: false, zIndexOffset: -1000
      }).addTo(map);
    }
  });
  document.querySelectorAll('#sites li').forEach(function (site) {
    L.circleMarker(point(site.dataset.at), { className: 'site-dot', radius: 3, keyboard: false })
      .bindTooltip(span(site.firstChild.textContent)).addTo(map);
  });

  // Places that would cover each other at this zoom are one mark; the list keeps them apart.
  function gathered() {
    var groups = [];
    document.querySelectorAll('#places li.place').forEach(function (entry) {
      var at = point(entry.dataset.at);
      var pixel = map.latLngToLayerPoint(at);
      var group = groups.find(function (other) { return other.pixel.distanceTo(pixel) < NEAR_PX; });
      if (!group) {
        group = { at: at, pixel: pixel, entries: [], count: 0, waiting: false, life: false, best: WAY.length, style: '', level: '' };
        groups.push(group);
      }
      var rank = WAY.indexOf(entry.dataset.level); // an ungraded one is shown as the gravest
      if (rank < group.best) {
        group.best = rank;
        group.level = entry.dataset.level;
        group.style = entry.dataset.style;
      }
      group.entries.push(entry);
      group.count += Number(entry.dataset.count);
      group.waiting = group.waiting || entry.dataset.waiting === '1';
      group.life = group.life || entry.dataset.life === '1';
    });
    return groups;
  }

  function nearer(group) {
    var bounds = L.latLngBounds(group.entries.map(function (entry) { return point(entry.dataset.at); }));
    if (map.getZoom() >= map.getMaxZoom() - 1) { return false; }
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: Math.max(map.getZoom() + 1, Math.min(17, map.getBoundsZoom(bounds))) });
    return true;
  }

  function show(entry) {
    document.querySelectorAll('#places .shown').forEach(function (other) { other.classList.remove('shown'); });
    entry.classList.add('shown');
    entry.scrollIntoView({ block: 'nearest' });
    entry.focus({ preventScroll: true });
  }

  function mark(group, index) {
    var entry = group.entries[0];
    var link = document.createElement('a');
    link.className = 'pin ' + group.style + (group.waiting ? ' waiting' : '') + (group.life ? ' life' : '');
    link.href = group.entries.length === 1 ? entry.dataset.target : '#' + entry.id;
    link.draggable = false;
    link.dataset.entry = entry.id;
    link.appendChild(span(group.level, 'pin-level'));
    if (group.count > 1) { link.appendChild(span(String(group.count), 'pin-count')); }
    var names = group.entries.slice(0, 3).map(function (one) {
      return one.querySelector('.place-name b').textContent + ': ' + one.querySelector('.count-words').textContent;
    });
    link.title = names.join('\n') + (group.entries.length > 3 ? '\n…' : '');
    link.setAttribute('aria-label', link.title);
    link.addEventListener('click', function (event) {
      if (link.getAttribute('href').charAt(0) !== '#') { return; }
      event.preventDefault();
      if (group.entries.length === 1 || !nearer(group)) { show(entry); }
    });
    L.marker(group.at, {
      icon: L.divIcon({ className: 'pin-frame', html: link, iconSize: null }), keyboard: false, interactive: false, zIndexOffset: 10000 - index * 10
    }).addTo(marks);
  }

  function draw() {
    var focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.entry : '';
    marks.clearLayers();
    gathered().forEach(mark);
    if (focused) {
      var again = Array.prototype.find.call(frame.querySelectorAll('.pin'), function (pin) { return pin.dataset.entry === focused; });
      if (again) { again.focus({ preventScroll: true }); }
    }
  }

  // The city's positions, and those of alerts where there are no others.
  map.on('zoomend', draw);
  document.body.addEventListener('htmx:afterSettle', draw);
  draw();
})();

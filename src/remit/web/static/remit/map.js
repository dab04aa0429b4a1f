/* The live map: the same selection as the list and the months beside it. The drawing below it stays for print. */
(() => {
  "use strict";
  const box = document.getElementById("map");
  if (!box || !window.maplibregl) { return; }
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const ink = token("--ink-2"), paper = token("--paper"), ground = token("--paper-2"), line = token("--line-2"), accent = token("--accent");
  const live = box.querySelector(".live");

  const shapes = {
    circle: (c) => c.arc(12, 12, 7, 0, 7),
    triangle: (c) => { c.moveTo(12, 4); c.lineTo(20, 19); c.lineTo(4, 19); c.closePath(); },
    diamond: (c) => { c.moveTo(12, 3); c.lineTo(21, 12); c.lineTo(12, 21); c.lineTo(3, 12); c.closePath(); },
    square: (c) => c.rect(5, 5, 14, 14),
    cross: (c) => { c.moveTo(9, 4); c.lineTo(15, 4); c.lineTo(15, 9); c.lineTo(20, 9); c.lineTo(20, 15); c.lineTo(15, 15); c.lineTo(15, 20); c.lineTo(9, 20); c.lineTo(9, 15); c.lineTo(4, 15); c.lineTo(4, 9); c.lineTo(9, 9); c.closePath(); },
  };
  const picture = (draw, full) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const c = canvas.getContext("2d");
    c.scale(2, 2); c.beginPath(); draw(c);
    c.fillStyle = full ? accent : paper; c.fill();
    c.lineWidth = 2.2; c.strokeStyle = accent; c.stroke();
    return c.getImageData(0, 0, 48, 48);
  };
  const disc = (lon, lat, metres) => {
    const ring = [], dy = metres / 111320, dx = dy / Math.cos(lat * Math.PI / 180);
    for (let i = 0; i <= 48; i += 1) { const a = i * Math.PI / 24; ring.push([lon + dx * Math.cos(a), lat + dy * Math.sin(a)]); }
    return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
  };
  const discs = (points) => ({ type: "FeatureCollection", features: points.features
    .filter((f) => f.properties.uncertainty_m > 0)
    .map((f) => disc(f.geometry.coordinates[0], f.geometry.coordinates[1], f.properties.uncertainty_m)) });
  const bounds = (collection) => {
    const b = new maplibregl.LngLatBounds();
    const walk = (c) => { if (typeof c[0] === "number") { b.extend(c); } else { c.forEach(walk); } };
    collection.features.forEach((f) => walk(f.geometry.coordinates));
    return b;
  };
  const label = (map, name, at, kind) => {
    const element = document.createElement("div");
    element.className = kind; element.textContent = name;
    new maplibregl.Marker({ element, anchor: kind === "map-town-name" ? "left" : "center" }).setLngLat(at).addTo(map);
    return element;
  };
  const middle = (feature) => {
    const ring = feature.geometry.coordinates.map((p) => p[0]).sort((a, b) => b.length - a.length)[0];
    return ring.reduce((s, p) => [s[0] + p[0] / ring.length, s[1] + p[1] / ring.length], [0, 0]);
  };
  const get = (url) => fetch(url, { headers: { Accept: "application/json" } }).then((r) => { if (!r.ok) { throw new Error(r.status); } return r.json(); });

  Promise.all([get(box.dataset.areas), get(box.dataset.points)]).then(([areas, points]) => {
    const everything = { features: [...areas.features, ...points.features] };
    if (!everything.features.length) { return; }
    const map = new maplibregl.Map({
      container: live, attributionControl: false, dragRotate: false, pitchWithRotate: false, cooperativeGestures: true,
      bounds: bounds(everything), fitBoundsOptions: { padding: 32 }, locale: JSON.parse(box.dataset.locale || "{}"),
      style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": ground } }] },
    });
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibregl.ScaleControl(), "bottom-left");
    map.on("load", () => {
      Object.entries(shapes).forEach(([name, draw]) => {
        map.addImage(`${name}-open`, picture(draw, false), { pixelRatio: 2 });
        map.addImage(`${name}-full`, picture(draw, true), { pixelRatio: 2 });
      });
      map.addSource("areas", { type: "geojson", data: areas });
      map.addSource("points", { type: "geojson", data: points });
      map.addSource("discs", { type: "geojson", data: discs(points) });
      const only = (what) => ["==", ["get", "what"], what];
      map.addLayer({ id: "area", type: "fill", source: "areas", filter: only("area"), paint: { "fill-color": paper } });
      map.addLayer({ id: "border", type: "line", source: "areas", filter: only("area"), paint: { "line-color": line, "line-dasharray": [4, 3] } });
      map.addLayer({ id: "town", type: "circle", source: "areas", filter: only("place"), paint: { "circle-radius": 2.5, "circle-color": ink } });
      map.addLayer({ id: "disc", type: "fill", source: "discs", paint: { "fill-color": accent, "fill-opacity": 0.12, "fill-outline-color": accent } });
      map.addLayer({ id: "spot", type: "symbol", source: "points", layout: {
        "icon-image": ["concat", ["get", "shape"], ["case", ["get", "verified"], "-full", "-open"]], "icon-allow-overlap": true, "icon-size": 0.85 } });
      const names = [
        ...areas.features.filter((f) => f.properties.what === "area").map((f) => label(map, f.properties.name, middle(f), "map-area-name")),
        ...areas.features.filter((f) => f.properties.what === "place").map((f) => label(map, f.properties.name, f.geometry.coordinates, "map-town-name")),
      ];
      /* A name that would stand on another is left out until there is room for it. */
      const thin = () => {
        const taken = [];
        names.forEach((element) => {
          const b = element.getBoundingClientRect();
          const free = taken.every((t) => b.left > t.right + 2 || b.right < t.left - 2 || b.top > t.bottom || b.bottom < t.top);
          element.classList.toggle("is-out", !free);
          if (free) { taken.push(b); }
        });
      };
      map.on("moveend", thin);
      thin();
      map.on("click", "spot", (event) => {
        const list = document.createElement("div");
        event.features.slice(0, 8).forEach((f) => {
          const p = document.createElement("p"), a = document.createElement("a");
          a.href = `/record/${f.properties.id}`; a.textContent = `${f.properties.number} · ${f.properties.title}`;
          p.append(a); list.append(p);
        });
        new maplibregl.Popup({ maxWidth: "320px" }).setLngLat(event.lngLat).setDOMContent(list).addTo(map);
      });
      map.on("mouseenter", "spot", () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", "spot", () => { map.getCanvas().style.cursor = ""; });
      const pointer = document.getElementById("pointer");
      if (pointer) { map.on("mousemove", (event) => { pointer.textContent = `${event.lngLat.lat.toFixed(4)}, ${event.lngLat.lng.toFixed(4)}`; }); }
      map.once("idle", () => { box.classList.add("is-live"); thin(); });
      document.body.addEventListener("htmx:afterSettle", () => {
        const chosen = document.getElementById("selection");
        if (chosen) { get(chosen.dataset.points).then((found) => { map.getSource("points").setData(found); map.getSource("discs").setData(discs(found)); }); }
      });
    });
  }).catch(() => { /* the drawing stays */ });
})();

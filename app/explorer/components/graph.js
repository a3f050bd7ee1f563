// Appended to the vis-network bundle that pyvis ships, which defines `vis`.
const drawn = new WeakMap();
// Fonts lack the sign of a full screen.
const FULL =
  '<svg viewBox="0 0 16 16" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2">' +
  '<path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5"/></svg>';

function colours(element) {
  const style = getComputedStyle(element);
  const of = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: of("--st-text-color", "#1d2733"),
    paper: of("--st-background-color", "#ffffff"),
    line: of("--st-border-color", "#c3ccd6"),
    accent: of("--st-primary-color", "#0b6e75"),
  };
}

function dressed(data, theme) {
  const nodes = data.nodes.map((node) => ({
    ...node,
    font: {
      ...node.font,
      color: node.font.boxed ? "#ffffff" : theme.text,
      strokeColor: theme.paper,
      strokeWidth: node.font.boxed ? 0 : 4,
      ...(node.font.mono && { mono: { ...node.font.mono, color: theme.text } }),
    },
  }));
  const edges = data.edges.map((edge, id) => ({
    ...edge,
    id,
    font: { color: theme.text, strokeColor: theme.paper, strokeWidth: 3, size: 11 },
  }));
  return { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
}

function select(network, data) {
  const known = data.nodes.some((node) => node.id === data.selected);
  network.selectNodes(known ? [data.selected] : []);
}

function listen(network, state) {
  let waiting = null;
  network.on("click", (event) => {
    clearTimeout(waiting);
    const node = event.nodes[0];
    if (node === undefined) return;
    // A double click comes after two clicks: wait, lest the first one redraws under the second.
    waiting = setTimeout(() => state.send("select", node), 260);
  });
  network.on("doubleClick", (event) => {
    clearTimeout(waiting);
    if (event.nodes[0] !== undefined) state.send("expand", event.nodes[0]);
  });
  network.on("dragEnd", (event) => {
    const node = event.nodes[0];
    if (node === undefined) return;
    const { x, y } = network.getPositions([node])[node];
    state.send("pin", { node, x: Math.round(x), y: Math.round(y) });
  });
}

function act(state, network, node, key) {
  if (key === "Enter" || key === " ") state.send("select", node);
  else if (key === "e") state.send("expand", node);
  else if (key === "h") state.send("hide", node);
  else if (key === "p") {
    const { x, y } = network.getPositions([node])[node];
    const pinned = state.data.nodes.find((one) => one.id === node)?.pinned;
    if (pinned) state.send("unpin", node);
    else state.send("pin", { node, x, y });
  } else return false;
  return true;
}

// A map of the nodes in the page, so that keyboards, readers and tests find what a canvas hides.
// One of its buttons is in the order of Tab; the arrows go from node to node.
function describe(holder, data, state, network) {
  const list = holder.querySelector("ul");
  list.setAttribute("aria-label", data.texts.nodes);
  list.replaceChildren(
    ...data.nodes.map((node, position) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = position ? -1 : 0;
      button.textContent = node.spoken;
      button.dataset.node = node.id;
      button.addEventListener("click", () => state.send("select", node.id));
      button.addEventListener("dblclick", () => state.send("expand", node.id));
      item.append(button);
      return item;
    }),
  );
  list.onkeydown = (event) => {
    const button = event.target.closest("button");
    const items = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = items[(items.indexOf(button) + step + items.length) % items.length];
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      network.selectNodes([next.dataset.node]);
      network.focus(next.dataset.node, { scale: Math.max(network.getScale(), 0.7) });
    } else if (!act(state, network, button.dataset.node, event.key)) return;
    event.preventDefault();
  };
}

function fit(network) {
  network.fit({ animation: false });
  if (network.getScale() > 1.4) network.moveTo({ scale: 1.4 });
}

function tools(holder, network, data, theme) {
  const bar = holder.querySelector(".tools");
  const zoom = (by) => network.moveTo({ scale: network.getScale() * by });
  const make = (name, sign, run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = sign; // our own signs, never words of the corpus
    button.title = data.texts[name];
    button.setAttribute("aria-label", data.texts[name]);
    button.dataset.tool = name;
    button.addEventListener("click", run);
    return button;
  };
  bar.replaceChildren(
    make("larger", "+", () => zoom(1.3)),
    make("smaller", "−", () => zoom(1 / 1.3)),
    make("whole", "⤢", () => fit(network)),
    make("full", FULL, () =>
      document.fullscreenElement ? document.exitFullscreen() : holder.requestFullscreen(),
    ),
    make("png", "PNG", () => picture(data, theme, network)),
  );
}

// The whole view, whatever is in sight, drawn anew at a size for print with its title and legend.
function picture(data, theme, network) {
  const [width, height] = [2400, 1700];
  const box = document.createElement("div");
  box.style.cssText = `position:fixed;inset-inline-start:-9999px;width:${width}px;height:${height}px`;
  document.body.append(box);
  const content = dressed(data, theme);
  const places = network.getPositions();
  content.nodes.update(data.nodes.map((node) => ({ id: node.id, ...places[node.id] })));
  const shown = new vis.Network(box, content, { ...data.options, autoResize: false });
  shown.fit({ animation: false });
  shown.once("afterDrawing", () => {
    const source = box.querySelector("canvas");
    const target = document.createElement("canvas");
    [target.width, target.height] = [width, height + 130];
    const pen = target.getContext("2d");
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, target.width, target.height);
    pen.drawImage(source, 0, 90, width, height);
    caption(pen, data, theme, width, height + 90);
    target.toBlob((blob) => {
      shown.destroy();
      box.remove();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "rawabit.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  });
  shown.redraw();
}

function caption(pen, data, theme, width, bottom) {
  const rtl = data.rtl;
  pen.direction = rtl ? "rtl" : "ltr";
  pen.textAlign = "start";
  pen.fillStyle = theme.text;
  pen.font = `600 40px ${data.font}`;
  const edge = rtl ? width - 40 : 40;
  const step = rtl ? -1 : 1;
  pen.fillText(data.title, edge, 60);
  pen.font = `24px ${data.font}`;
  let at = edge;
  for (const { colour, label } of data.legend) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(at + step * 10, bottom + 12, 10, 0, 7);
    pen.fill();
    pen.fillStyle = theme.text;
    pen.fillText(label, at + step * 28, bottom + 20);
    at += step * (pen.measureText(label).width + 64);
  }
}

function build(holder, data, state) {
  const canvas = holder.querySelector(".canvas");
  const theme = colours(holder);
  delete holder.dataset.drawn;
  const network = new vis.Network(canvas, dressed(data, theme), data.options);
  // A press focuses the canvas; scrolling it into sight then would move the node away under it.
  for (const part of [network.canvas.frame, network.canvas.frame.canvas]) {
    part.focus = () => HTMLElement.prototype.focus.call(part, { preventScroll: true });
  }
  listen(network, state);
  describe(holder, data, state, network);
  tools(holder, network, data, theme);
  network.once("afterDrawing", () => {
    fit(network);
    holder.dataset.drawn = data.nodes.length;
  });
  // The canvas draws with the fonts that are loaded: draw again when they are.
  document.fonts.load(`14px ${data.font}`, "روابط Rawabit").then(() => network.redraw());
  document.addEventListener("fullscreenchange", () => setTimeout(() => fit(network), 200));
  holder.network = network;
  return { network, signature: data.signature };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const holder = parentElement.querySelector(".rawabit-graph");
  const old = drawn.get(holder);
  const state = old?.state ?? {};
  state.send = setTriggerValue;
  state.data = data;
  holder.setAttribute("aria-label", data.title);
  if (!old || old.signature !== data.signature) {
    old?.network.destroy();
    drawn.set(holder, { ...build(holder, data, state), state });
  }
  select(drawn.get(holder).network, data);
}

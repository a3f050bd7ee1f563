// Appended to the vis-network bundle that pyvis ships, which defines `vis`.
const drawn = new WeakMap();

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
      color: theme.text,
      strokeColor: theme.paper,
      strokeWidth: 4,
      ...(node.font.mono && { mono: { ...node.font.mono, color: theme.text } }),
    },
  }));
  const edges = data.edges.map((edge) => ({
    ...edge,
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
}

// A map of the nodes in the page, so that keyboards, readers and tests find what a canvas hides.
function describe(holder, data, state) {
  const list = holder.querySelector("ul");
  list.replaceChildren(
    ...data.nodes.map((node) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = node.spoken;
      button.dataset.node = node.id;
      button.addEventListener("click", () => state.send("select", node.id));
      button.addEventListener("dblclick", () => state.send("expand", node.id));
      item.append(button);
      return item;
    }),
  );
}

function build(holder, data, signature, state) {
  const canvas = holder.querySelector(".canvas");
  const theme = colours(holder);
  const network = new vis.Network(canvas, dressed(data, theme), data.options);
  listen(network, state);
  describe(holder, data, state);
  network.once("afterDrawing", () => {
    network.fit({ animation: false });
    if (network.getScale() > 1.4) network.moveTo({ scale: 1.4 });
  });
  // The canvas draws with the fonts that are loaded: draw again when they are.
  document.fonts.load(`14px ${data.font}`, "روابط Rawabit").then(() => network.redraw());
  holder.network = network;
  return { network, signature };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const holder = parentElement.querySelector(".rawabit-graph");
  const old = drawn.get(holder);
  const state = old?.state ?? {};
  state.send = setTriggerValue;
  holder.setAttribute("aria-label", data.title);
  if (!old || old.signature !== data.signature) {
    old?.network.destroy();
    drawn.set(holder, { ...build(holder, data, data.signature, state), state });
  }
  select(drawn.get(holder).network, data);
}

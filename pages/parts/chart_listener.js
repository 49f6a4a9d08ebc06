// Listens to the charts of a page: a click tells the server what was clicked, and a picture taken from the chart's own menu carries
// title, sentence, source and date, which on the page stand around the chart and not in it.
const IN_CHARTS = '[class*="st-key-chart_"] .js-plotly-plot';
const CAMERA = ".modebar-btn:not(.ogi-svg)";
const LINE = 21;
const HEAD = 34;

const at = (list, place) => (Array.isArray(list) ? list[place] : list) ?? null;

function target(event) {
  const point = event?.points?.[0];
  const meta = point?.data?.meta;
  if (!meta) return null;
  const number = point.pointNumber ?? point.pointIndex;
  const [row, column] = Array.isArray(number) ? number : [number, number];
  const found = { organ: at(meta.organs, row), year: at(meta.years, column) };
  return found.organ === null && found.year === null ? null : found;
}

function nameOf(plot) {
  return plot.closest('[class*="st-key-chart_"]')?.className.match(/st-key-chart_([a-z0-9_]+)/)?.[1] ?? "";
}

function wrapped(text, width) {
  const lines = [""];
  let used = 0;
  for (const letter of text) {
    const wide = letter.codePointAt(0) > 0x2e80 ? 12 : 6.6;
    if (used + wide > width && !"，。；、）”,.;)".includes(letter)) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += letter;
    used += wide;
  }
  return lines;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

// Plotly copies layout and options while the click is handled; what is put in before is taken out right after.
function dressed(plot, format) {
  const picture = plot.layout?.meta?.picture;
  const full = plot._fullLayout;
  if (!picture || !full) return () => {};
  const options = plot._context.toImageButtonOptions;
  const before = { title: plot.layout.title, margin: plot.layout.margin, paper: plot.layout.paper_bgcolor };
  const kept = { ...options };
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const lines = [...picture.lines, picture.source.replace("{date}", day)].flatMap((line) => wrapped(line, full.width - 30));
  const head = HEAD + LINE * lines.length + 8;
  const small = lines.map((line) => `<span style="font-size:12px">${escaped(line)}</span>`).join("<br>");
  plot.layout.title = {
    text: `<b>${escaped(picture.title)}</b><br>${small}`,
    x: 0, xanchor: "left", xref: "container", y: 1, yanchor: "top", yref: "container", pad: { l: 12, t: 24 },
    font: { size: 16, color: full.font.color },
  };
  plot.layout.margin = { ...plot.layout.margin, t: (plot.layout.margin?.t ?? 28) + head };
  const background = getComputedStyle(plot).getPropertyValue("--st-background-color") || getComputedStyle(document.body).backgroundColor;
  plot.layout.paper_bgcolor = background && background !== "rgba(0, 0, 0, 0)" ? background : "#ffffff";
  Object.assign(options, { format, filename: picture.filename, width: full.width, height: full.height + head });
  return () => {
    plot.layout.title = before.title;
    plot.layout.margin = before.margin;
    plot.layout.paper_bgcolor = before.paper;
    for (const name of Object.keys(options)) delete options[name];
    Object.assign(options, kept);
  };
}

function offerSvg(plot) {
  const camera = plot.querySelector(CAMERA);
  if (!camera || plot.querySelector(".ogi-svg")) return;
  const group = document.createElement("div");
  group.className = "modebar-group";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "modebar-btn ogi-svg";
  button.title = "SVG";
  button.style.cssText = "font:600 11px/20px var(--st-font, sans-serif);padding:0 4px;border:0;background:none;color:inherit;cursor:pointer";
  button.textContent = "SVG";
  button.onclick = () => {
    plot.ogiFormat = "svg";
    camera.click();
  };
  group.appendChild(button);
  camera.closest(".modebar-group").after(group);
}

export default function ({ setTriggerValue }) {
  window.ogiChartClick = (value) => setTriggerValue("clicked", value);
  const onCamera = (event) => {
    const button = event.target.closest?.(CAMERA);
    const plot = button?.closest(IN_CHARTS);
    if (!plot || button !== plot.querySelector(CAMERA)) return;
    const undress = dressed(plot, plot.ogiFormat ?? "png");
    plot.ogiFormat = undefined;
    window.setTimeout(undress, 0);
  };
  const listen = () => {
    for (const plot of document.querySelectorAll(IN_CHARTS)) {
      if (!plot.on) continue;
      offerSvg(plot);
      if (plot.ogiListens === plot._ev) continue;
      plot.ogiListens = plot._ev;
      const cursor = (shape) => plot.querySelectorAll(".nsewdrag").forEach((layer) => { layer.style.cursor = shape; });
      plot.on("plotly_hover", (event) => cursor(target(event) ? "pointer" : ""));
      plot.on("plotly_unhover", () => cursor(""));
      plot.on("plotly_click", (event) => {
        const found = target(event);
        if (found) window.ogiChartClick({ ...found, chart: nameOf(plot) });
      });
    }
  };
  listen();
  let waiting = 0;
  const watch = new MutationObserver(() => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(listen, 120);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", onCamera, true);
  return () => {
    window.clearTimeout(waiting);
    watch.disconnect();
    document.removeEventListener("click", onCamera, true);
  };
}

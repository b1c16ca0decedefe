// Draws the tables of an answer, and the charts that motabot/staff/charts.py asks for. Words of the data are only ever
// set as text.
"use strict";

function add(parent, tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  parent.append(made);
  return made;
}

const numeric = new Set(["count", "number", "money", "percent"]);
const written = {
  count: new Intl.NumberFormat("en-US"),
  number: new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }),
  percent: new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }),
  money: new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }),
};

// on a chart's axis
const short = {
  money: new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", notation: "compact" }),
  other: new Intl.NumberFormat("en-US", { notation: "compact" }),
};

// seconds in "0:07:00", as Python writes a span of time; null where it is none
function seconds(words) {
  const found = /^(?:(-?\d+) days?, )?(\d+):(\d+):(\d+)(?:\.\d+)?$/.exec(words);
  return found && ((Number(found[1] ?? 0) * 24 + Number(found[2])) * 60 + Number(found[3])) * 60 + Number(found[4]);
}

// "7 min", "2 h 5 min": the two largest units, as motabot/staff/formats.py has it
function duration(length) {
  const parts = [[Math.floor(length / 86400), "d"], [Math.floor(length / 3600) % 24, "h"], [Math.floor(length / 60) % 60, "min"], [length % 60, "s"]];
  let first = parts.findIndex(([many]) => many);
  if (first < 0) first = 3;
  const last = first < 2 ? first + 1 : first;
  return parts.slice(first, last + 1).filter(([many]) => many || last === first).map((each) => each.join(" ")).join(" ");
}

function shown(cell, format) {
  if (cell === null) return "";
  if (format === "moment") return String(cell).slice(0, 16).replace("T", " ");
  if (format === "duration") return seconds(cell) === null ? String(cell) : duration(seconds(cell));
  if (!numeric.has(format)) return String(cell);
  return written[format].format(Number(cell)) + (format === "percent" ? "%" : "");
}

function fill(parent, cell, column) {
  const words = shown(cell, column.format);
  const page = { customer: "customers", phone: "inbox" }[column.format];
  if (!page || !words) {
    parent.textContent = words;
    return;
  }
  const link = add(parent, "a", "", words);
  link.href = `/console/${page}/${encodeURIComponent(words)}`;
}

function drawTable(parent, data) {
  if (data.title) add(parent, "h2", "", data.title);
  if (data.basis) add(parent, "p", "dim", data.basis[0].toUpperCase() + data.basis.slice(1) + ".");
  if (data.rows.length === 1 && data.columns.length > 6) drawCard(parent, data);
  else if (data.rows.length) drawRows(parent, data);
  else add(parent, "p", "dim", "Nothing.");
  if (data.chart) drawChart(parent, data);
  const how = add(parent, "details");
  add(how, "summary", "", `How I got this (${data.rows.length} rows${data.truncated ? ", cut" : ""}, ${Math.round(data.ms)} ms)`);
  add(how, "pre", "", data.sql).tabIndex = 0;
  if (!data.rows.length) return;
  const save = add(parent, "button", "quiet", "Download CSV");
  save.type = "button";
  save.addEventListener("click", () => download(data));
}

function drawCard(parent, data) {
  const list = add(parent, "dl", "card");
  data.rows[0].forEach((cell, n) => {
    if (cell === null) return;
    add(list, "dt", "", data.columns[n].name.replaceAll("_", " "));
    fill(add(list, "dd"), cell, data.columns[n]);
  });
}

function drawRows(parent, data) {
  const scroll = add(parent, "div", "scroll");
  scroll.tabIndex = 0;
  const table = add(scroll, "table");
  const head = add(add(table, "thead"), "tr");
  const side = (column) => (numeric.has(column.format) ? "number" : "");
  for (const column of data.columns) add(head, "th", side(column), column.name.replaceAll("_", " ")).scope = "col";
  const body = add(table, "tbody");
  for (const row of data.rows) {
    const line = add(body, "tr");
    row.forEach((cell, n) => fill(add(line, "td", side(data.columns[n])), cell, data.columns[n]));
  }
}

// what stands along a chart's axis: "Oct 2026" for a month, and NULL as "none"
const spelled = {
  week: (day) => day.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" }),
  month: (day) => day.toLocaleDateString("en-US", { month: "short", year: "numeric", timeZone: "UTC" }),
  quarter: (day) => `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${day.getUTCFullYear()}`,
  year: (day) => String(day.getUTCFullYear()),
};

// "Mon" for the 1 of isodow, or of dow if the rows have 0
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function weekday(data, cell, column) {
  const name = data.columns[column].name;
  const isKnown = /(^|_)isodow$/.test(name) || (/(^|_)dow$/.test(name) && data.rows.some((row) => row[column] === 0));
  return isKnown ? weekdays[cell] : undefined;
}

// the days from the first to the last, so that a line has a gap where the rows have none; not if most are missing
function everyDay(keys) {
  const days = keys.map((each) => JSON.parse(each)[0]);
  if (!days.every((day) => /^\d{4}-\d\d-\d\d$/.test(String(day)))) return keys;
  const found = [];
  const last = Date.parse(days.at(-1));
  for (let day = Date.parse(days[0]); day <= last && found.length < 400; day += 86400000) {
    found.push(JSON.stringify([new Date(day).toISOString().slice(0, 10), null]));
  }
  return found.length <= keys.length * 1.5 && keys.every((each) => found.includes(each)) ? found : keys;
}

function axisLabels(data, rows) {
  const { kind, x, beside, unit, running } = data.chart;
  const one = (cell, column) => {
    if (cell === null || cell === "") return "none";
    if (weekday(data, cell, column)) return weekday(data, cell, column);
    const isDay = /^\d{4}-\d\d-\d\d/.test(String(cell));
    if (spelled[unit] && isDay) return spelled[unit](new Date(`${String(cell).slice(0, 10)}T00:00:00Z`));
    if (unit === "month" && /^\d{4}-\d\d$/.test(String(cell))) return spelled.month(new Date(`${cell}-01T00:00:00Z`));
    return data.columns[column].format === "count" ? String(cell) : shown(cell, data.columns[column].format);
  };
  const key = (row) => JSON.stringify([row[x], beside === undefined ? null : row[beside]]);
  const first = new Map();
  for (const row of rows) if (!first.has(key(row))) first.set(key(row), row);
  const isDaily = kind === "line" && unit === undefined && beside === undefined;
  const keys = isDaily ? everyDay([...first.keys()]) : [...first.keys()];
  const labels = keys.map((each) => {
    const [cell, other] = JSON.parse(each);
    return one(cell, x) + (beside === undefined ? "" : ` (${one(other, beside)})`);
  });
  if (running) labels[labels.length - 1] += " (so far)";
  return { key, keys, labels };
}

// a long result has a series for each value of its second label; a wide one, for each of its measures
function chartSeries(data, rows) {
  const { y, series: part } = data.chart;
  if (part === undefined) return y.map((n) => ({ name: data.columns[n].name.replaceAll("_", " "), n, rows }));
  return [...new Set(rows.map((row) => row[part]))].map((value) => ({ name: weekday(data, value, part) ?? String(value ?? "none"), n: y[0], rows: rows.filter((row) => row[part] === value) }));
}

function figure(cell, format) {
  if (cell === null) return null;
  return format === "duration" ? seconds(cell) : Number(cell);
}

// seconds between two lines of an axis of time spans
function step(data) {
  const most = Math.max(...data.chart.y.flatMap((n) => data.rows.map((row) => seconds(row[n]) ?? 0)));
  return [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21600, 86400, 604800].find((each) => most / each <= 6) ?? most / 5;
}

function onAxis(value, format) {
  if (format === "duration") return duration(Math.round(value));
  return format === "percent" ? `${short.other.format(value)}%` : short[format === "money" ? "money" : "other"].format(value);
}

function drawChart(parent, data) {
  const { kind, x, y, of } = data.chart;
  const drawn = data.chart.rows ? data.chart.rows.map((n) => data.rows[n]) : data.rows;
  const { key, keys, labels } = axisLabels(data, drawn);
  const series = chartSeries(data, drawn);
  const box = add(parent, "div", "chart");
  const canvas = add(box, "canvas");
  canvas.setAttribute("role", "img");
  const names = y.map((n) => data.columns[n].name.replaceAll("_", " "));
  canvas.setAttribute("aria-label", `${names.join(", ")} by ${data.columns[x].name.replaceAll("_", " ")}; the table has the figures`);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ink = ["--main", "--second", "--third", "--fourth", "--fifth", "--sixth", "--seventh", "--eighth"];
  const sideways = kind === "ranking";
  const isNarrow = box.clientWidth < 500;
  const most = isNarrow && sideways ? 16 : 32; // letters of a name beside its bar; the tooltip has all of it
  const brief = (words) => (words.length > most ? `${words.slice(0, most - 1)}\u2026` : words);
  const lines = (words) => (words.length > most ? words.split(/ (?=\()/).map(brief) : words);
  const values = sideways ? "x" : "y";
  // figures of one unit share the first axis; another unit has the second
  const units = [...new Set(y.map((n) => data.columns[n].format))];
  const axis = (format, position, named) => ({
    position,
    beginAtZero: true,
    title: { display: true, text: named, color: colour("--dim") },
    ticks: { color: colour("--dim"), maxTicksLimit: isNarrow ? 5 : 9, stepSize: format === "duration" ? step(data) : undefined, callback: (value) => onAxis(value, format) },
    grid: { color: position === "right" ? "transparent" : colour("--line") },
  });
  const scales = { [sideways ? "y" : "x"]: { ticks: { color: colour("--dim"), autoSkip: !sideways, maxRotation: 45, callback(value) { return lines(this.getLabelForValue(value)); } }, grid: { display: false } } };
  units.forEach((format, n) => {
    const named = names.filter((_name, place) => data.columns[y[place]].format === format).join(", ");
    scales[n ? `${values}1` : values] = axis(format, sideways ? (n ? "top" : "bottom") : n ? "right" : "left", named);
  });
  const datasets = series.map((each, place) => ({
    label: each.name,
    data: keys.map((wanted) => {
      const row = each.rows.find((one) => key(one) === wanted);
      return row === undefined ? null : figure(row[each.n], data.columns[each.n].format);
    }),
    borderColor: colour(ink[place % ink.length]),
    backgroundColor: colour(ink[place % ink.length]),
    pointRadius: keys.length > 60 ? 0 : 3,
    [sideways ? "xAxisID" : "yAxisID"]: units.indexOf(data.columns[each.n].format) ? `${values}1` : values,
  }));
  if (sideways) box.style.height = `${Math.max(9, 4 + keys.length * series.length * (isNarrow && data.chart.beside !== undefined ? 2.6 : 1.6))}rem`;
  new Chart(canvas, {
    type: kind === "line" ? "line" : "bar",
    data: { labels, datasets },
    options: {
      indexAxis: sideways ? "y" : "x",
      animation: false,
      maintainAspectRatio: false,
      plugins: {
        legend: { display: series.length > 1, labels: { color: colour("--ink"), boxWidth: kind === "line" ? 24 : 14, boxHeight: kind === "line" ? 0 : 10 } },
        tooltip: { callbacks: { label: (point) => `${point.dataset.label}: ${told(point, data, series)}` } },
      },
      scales,
    },
  });
  if (of) add(parent, "p", "dim", `The ${series.length} largest of ${of}; the table has them all.`);
}

function told(point, data, series) {
  const { format } = data.columns[series[point.datasetIndex].n];
  return format === "duration" ? duration(point.raw) : shown(point.raw, format);
}

function download(data) {
  const safe = (cell) => {
    const words = String(cell ?? "");
    return `"${(/^(?![+-][\d.]+$)[=+\-@\t\r]/.test(words) && typeof cell === "string" ? "'" + words : words).replaceAll('"', '""')}"`;
  };
  const lines = [data.columns.map((column) => column.name), ...data.rows].map((row) => row.map(safe).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/csv" }));
  link.download = "motabot.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

const NAMESPACE = "http://www.w3.org/2000/svg";

const HEIGHT = 190;

const MARGIN = { top: 10, right: 10, bottom: 22, left: 8 };

/**
 * Draws how a sum grows with each answer.
 */
export function drawPlot(parent, points, format) {
	const width = Math.max(parent.clientWidth, 200);
	const svg = node("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" });
	svg.append(node("title", {}, title(points, format)));
	if (points.length === 0) {
		const middle = HEIGHT / 2;
		svg.append(node("path", { class: "empty", d: `M${MARGIN.left} ${middle + 40} L${width * 0.35} ${middle + 18} L${width * 0.65} ${middle - 6} L${width - MARGIN.right} ${middle - 42}` }));
		parent.replaceChildren(svg);
		return;
	}
	const ticks = niceTicks(points[points.length - 1].sum);
	const top = ticks[ticks.length - 1];
	const labels = ticks.map(format);
	const left = MARGIN.left + Math.max(...labels.map((label) => label.length)) * 6.4;
	const x = (index) => left + (width - left - MARGIN.right) * index / Math.max(points.length, 1);
	const y = (value) => HEIGHT - MARGIN.bottom - (HEIGHT - MARGIN.top - MARGIN.bottom) * value / top;
	ticks.forEach((tick, index) => {
		svg.append(node("line", { class: "grid", x1: left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) }));
		svg.append(node("text", { class: "tick", x: left - 7, y: y(tick) + 4, "text-anchor": "end" }, labels[index]));
	});
	const step = Math.ceil(points.length / 8);
	points.forEach((point, index) => {
		const number = index + 1;
		if (number % step === 0 || points.length <= 8) {
			svg.append(node("text", { class: "tick", x: x(number), y: HEIGHT - 5, "text-anchor": (number === points.length) ? "end" : "middle" }, String(number)));
		}
	});
	const line = [`M${x(0)} ${y(0)}`, ...points.map((point, index) => `L${x(index + 1)} ${y(point.sum)}`)].join(" ");
	svg.append(node("path", { class: "area", d: `${line} L${x(points.length)} ${y(0)} Z` }));
	svg.append(node("path", { class: "line", d: line }));
	points.forEach((point, index) => {
		const dot = node("circle", { class: "dot", cx: x(index + 1), cy: y(point.sum), r: (points.length > 40) ? 2 : 4 });
		dot.append(node("title", {}, `Answer ${index + 1}: ${point.label}, in all ${format(point.sum)}`));
		svg.append(dot);
	});
	parent.replaceChildren(svg);
}

function title(points, format) {
	return (points.length === 0) ? "Nothing spent yet"
			: `After ${points.length} answers: ${format(points[points.length - 1].sum)}`;
}

/** Returns round numbers from 0 to the first one that is not below the maximum. */
function niceTicks(maximum) {
	if (maximum <= 0) {
		return [0, 1];
	}
	const rough = maximum / 4;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999);
	const ticks = [];
	for (let index = 0; index * step < maximum + step * 0.999; index++) {
		ticks.push(index * step);
	}
	return ticks;
}

function node(name, attributes, text) {
	const created = document.createElementNS(NAMESPACE, name);
	for (const [key, value] of Object.entries(attributes)) {
		created.setAttribute(key, value);
	}
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}

/**
 * Plots a sum for each model, one upon the other, as it grows with each answer. The colors
 * are those of the legend, so that they follow the theme.
 */
export class Plot {

	#canvas;

	#legend;

	#chart;

	#format = String;

	constructor(canvas, legend) {
		this.#canvas = canvas;
		this.#legend = legend;
		this.#chart = new Chart(canvas, {
			type: "line",
			data: { labels: [], datasets: [] },
			options: {
				maintainAspectRatio: false,
				animation: false,
				interaction: { mode: "index", intersect: false },
				plugins: {
					legend: { display: false },
					tooltip: {
						callbacks: {
							title: ([item]) => `Answer ${item.label}`,
							label: (item) => `${item.dataset.label}: ${this.#format(item.parsed.y)}`
						}
					}
				},
				scales: {
					x: { grid: { display: false }, ticks: { maxRotation: 0 } },
					y: { stacked: true, beginAtZero: true, border: { display: false }, ticks: { maxTicksLimit: 5, callback: (value) => this.#format(value) } }
				}
			}
		});
		new MutationObserver(() => this.#paint()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
	}

	/**
	 * Show sums.
	 * @param series the models, each with its name and its sum after each answer
	 * @param format makes a text of a sum
	 */
	show(series, format) {
		this.#format = format;
		this.#legend.replaceChildren(...series.map(({ name, sums }) => legendItem(name, format(sums.at(-1)))));
		const points = Math.max(0, ...series.map(({ sums }) => sums.length));
		this.#chart.data.labels = Array.from({ length: points }, (_, index) => index + 1);
		this.#chart.data.datasets = series.map(({ name, sums }, index) => ({ label: name, data: sums, fill: (index === 0) ? "origin" : "-1", borderWidth: 2, pointRadius: (points > 40) ? 0 : 3 }));
		this.#canvas.setAttribute("aria-label", (points === 0) ? "Nothing to plot yet"
				: `After ${points} answers: ${series.map(({ name, sums }) => `${name} ${format(sums.at(-1))}`).join(", ")}`);
		this.#paint();
	}

	#paint() {
		const { data, options } = this.#chart;
		data.datasets.forEach((dataset, index) => {
			const color = getComputedStyle(this.#legend.children[index]).color;
			dataset.borderColor = color;
			dataset.pointBackgroundColor = color;
			dataset.backgroundColor = color.replace("rgb(", "rgba(").replace(")", ", 0.18)");
		});
		const style = getComputedStyle(this.#canvas);
		for (const axis of Object.values(options.scales)) {
			axis.ticks.color = style.color;
			axis.grid.color = style.borderTopColor;
		}
		options.font = { family: style.fontFamily, size: 11 };
		this.#chart.update();
	}

}

function legendItem(name, sum) {
	const item = document.createElement("li");
	const label = document.createElement("span");
	label.textContent = name;
	const value = document.createElement("b");
	value.textContent = sum;
	item.append(label, value);
	return item;
}

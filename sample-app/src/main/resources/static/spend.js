import { add, money, shortMoney } from "./money.js";
import { Plot } from "./plot.js";

const byId = (id) => document.getElementById(id);

export const number = new Intl.NumberFormat("en");

/**
 * Keeps what the answers took and shows it: totals, and a plot by model. An answer without a
 * price is shown as unpriced and counts in no sum.
 */
export class Spend {

	#answers = [];

	#shown = null;

	#plot = new Plot(byId("plot"), byId("legend"));

	constructor() {
		byId("show-cost").addEventListener("click", () => this.#show("cost"));
		byId("show-tokens").addEventListener("click", () => this.#show("tokens"));
		this.#update();
	}

	record({ model, provider, usage }) {
		this.#answers.push({ model: model ?? provider, tokens: usage?.totalTokens ?? null, cost: usage?.cost ?? null });
		this.#update();
	}

	#show(what) {
		this.#shown = what;
		this.#update();
	}

	#update() {
		const priced = this.#answers.filter((answer) => answer.cost);
		const currency = priced[0]?.cost.currency ?? "USD";
		const sum = priced.map((answer) => answer.cost.amount).reduce(add, "0");
		const unpriced = this.#answers.length - priced.length;
		const counted = this.#answers.filter((answer) => answer.tokens !== null);
		setTotal("total-cost", (this.#answers.length === 0) ? "–" : (priced.length === 0) ? "unpriced" : shortMoney(sum, currency),
				(priced.length > 0 && unpriced > 0) ? `and ${unpriced} unpriced` : "");
		byId("total-cost").title = (priced.length > 0) ? money(sum, currency) : "";
		setTotal("total-tokens", (counted.length === 0) ? "–" : number.format(counted.reduce((total, answer) => total + answer.tokens, 0)), "");
		setTotal("total-answers", String(this.#answers.length), "");
		this.#draw();
	}

	#draw() {
		const priced = this.#answers.some((answer) => answer.cost);
		const shown = this.#shown ?? (priced ? "cost" : "tokens");
		byId("show-cost").setAttribute("aria-pressed", String(shown === "cost"));
		byId("show-tokens").setAttribute("aria-pressed", String(shown === "tokens"));
		const currency = this.#answers.find((answer) => answer.cost)?.cost.currency ?? "USD";
		const nothing = shown === "cost" && !priced;
		this.#plot.show(nothing ? [] : this.#series((shown === "cost") ? (answer) => answer.cost && Number(answer.cost.amount) : (answer) => answer.tokens),
				(shown === "cost") ? (value) => shortMoney(String(value), currency) : compact);
		byId("plot-caption").textContent = caption(shown, this.#answers.length, nothing);
	}

	/** Returns the sums after each answer, of each model of which a value is known. */
	#series(valueOf) {
		const names = new Set(this.#answers.filter((answer) => valueOf(answer) !== null).map((answer) => answer.model));
		return [...names].map((name) => {
			let sum = 0;
			return { name, sums: this.#answers.map((answer) => sum += ((answer.model === name) && valueOf(answer)) || 0) };
		});
	}

}

function setTotal(id, text, note) {
	const target = byId(id);
	target.textContent = text;
	if (note) {
		const small = document.createElement("small");
		small.textContent = note;
		target.append(small);
	}
}

function caption(shown, answers, nothing) {
	if (answers === 0) {
		return "The plot begins with the first answer.";
	}
	if (nothing) {
		return "No answer has a known price yet.";
	}
	return (shown === "cost") ? "Cost by model, added up answer by answer" : "Tokens by model, added up answer by answer";
}

export function cost(price) {
	return price ? money(price.amount, price.currency) : "unpriced";
}

export function tokens(count) {
	return (count === null || count === undefined) ? "tokens unknown" : `${number.format(count)} ${(count === 1) ? "token" : "tokens"}`;
}

function compact(value) {
	return new Intl.NumberFormat("en", { notation: (value >= 10000) ? "compact" : "standard", maximumFractionDigits: 1 }).format(value);
}

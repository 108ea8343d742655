import { Markdown } from "./markdown.js";
import { cost, number, tokens } from "./spend.js";

/**
 * Shows one answer while it arrives.
 */
export class Answer {

	#markdown;

	#follow;

	#frame = 0;

	#reasoning = "";

	/**
	 * @param log what the answer is shown in
	 * @param follow makes a change of the page and keeps its end in sight
	 */
	constructor(log, follow) {
		this.#follow = follow;
		this.element = create("article", "message assistant");
		this.element.setAttribute("aria-busy", "true");
		this.element.setAttribute("aria-label", "Answer");
		this.#open();
		log.append(this.element);
		this.started = performance.now();
	}

	#open() {
		this.body = create("div", "body");
		this.reasoning = null;
		this.#markdown = new Markdown(this.body);
		this.element.append(this.body);
	}

	addText(text) {
		this.#goOn();
		this.#markdown.append(text);
		this.#changed();
	}

	addReasoning(text) {
		this.#goOn();
		this.#reasoning += text;
		this.#changed();
	}

	/** Text goes on below what was added since. */
	#goOn() {
		if (this.element.lastElementChild !== this.body) {
			this.#open();
		}
	}

	/** Adds what is no text below all that was said. */
	add(element) {
		this.#follow(() => {
			this.#show(true);
			this.#removeEmptyBody();
			this.element.append(element);
		});
	}

	#removeEmptyBody() {
		if (!this.body.hasChildNodes()) {
			this.body.remove();
		}
	}

	/** Tells what a round took, and waits for the next one. */
	endRound({ round, usage }) {
		this.round = create("div", "round", `Round ${round} · ${tokens(usage?.totalTokens)} · ${cost(usage?.cost)}`);
		this.add(this.round);
		this.#open();
	}

	#changed() {
		// Once a frame is enough, however fast the pieces come
		this.#frame ||= requestAnimationFrame(() => this.#follow(() => this.#show(false)));
	}

	#show(complete) {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		this.#showReasoning();
		this.#markdown.show(complete);
	}

	#showReasoning() {
		if (this.#reasoning === "") {
			return;
		}
		if (!this.reasoning) {
			const details = create("details", "reasoning");
			this.reasoning = create("p");
			details.append(create("summary", "", "Reasoning"), this.reasoning);
			this.body.before(details);
		}
		this.reasoning.append(this.#reasoning);
		this.#reasoning = "";
	}

	complete(response) {
		if (response.refusal && !this.text) {
			this.#goOn();
			this.#markdown.append(response.refusal);
		}
		if (response.rounds === 1) {
			// What the round took is what the answer took
			this.round?.remove();
		}
		const facts = create("div", "facts");
		const usage = response.usage;
		facts.append(create("span", "cost", cost(usage?.cost)), create("span", "tokens", tokens(usage?.totalTokens)));
		if (usage && usage.promptTokens !== null && usage.completionTokens !== null) {
			facts.append(create("span", "", `${number.format(usage.promptTokens)} in, ${number.format(usage.completionTokens)} out`));
		}
		if (usage?.cachedTokens) {
			facts.append(create("span", "", `${number.format(usage.cachedTokens)} cached`));
		}
		if (usage?.reasoningTokens) {
			facts.append(create("span", "", `${number.format(usage.reasoningTokens)} reasoning`));
		}
		facts.append(create("span", "", `${((performance.now() - this.started) / 1000).toFixed(1)} s`));
		if (response.rounds > 1) {
			facts.append(create("span", "", `${response.rounds} rounds`));
		}
		if (response.finishReason !== "STOP") {
			facts.append(create("span", "", response.finishReason.toLowerCase().replaceAll("_", " ")));
		}
		this.element.append(facts);
	}

	fail(problem) {
		const failure = create("div", "failure");
		failure.setAttribute("role", "alert");
		failure.append(create("b", "", problem.title), create("span", "", problem.detail));
		const facts = [];
		if (problem.retryAfter) {
			facts.push(`try again in ${problem.retryAfter} s`);
		}
		if (problem.requestId) {
			facts.push(`request ${problem.requestId}`);
		}
		if (facts.length > 0) {
			failure.append(document.createElement("br"), create("small", "", facts.join(" · ")));
		}
		this.element.append(failure);
	}

	stopped() {
		const facts = create("div", "facts");
		facts.append(create("span", "", "stopped"));
		this.element.append(facts);
	}

	close() {
		this.#follow(() => {
			this.#show(true);
			this.#removeEmptyBody();
		});
		this.element.removeAttribute("aria-busy");
	}

	get text() {
		return this.#markdown.text;
	}

}

export function shorten(text, length) {
	return (text.length > length) ? `${text.slice(0, length)}…` : text;
}

export function create(name, className, text) {
	const created = document.createElement(name);
	if (className) {
		created.className = className;
	}
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}

/**
 * Reads server-sent events from the body of a response, whatever pieces it arrives in.
 */
export async function* readEvents(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = "";
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) {
				return;
			}
			// A line break that is cut in two is completed by the next piece
			rest += value;
			const cut = rest.endsWith("\r");
			const lines = (cut ? rest.slice(0, -1) : rest).replace(/\r\n?/g, "\n");
			const blocks = lines.split("\n\n");
			rest = blocks.pop() + (cut ? "\r" : "");
			for (const block of blocks) {
				const event = parse(block);
				if (event.data !== "") {
					yield { name: event.name, data: JSON.parse(event.data) };
				}
			}
		}
	}
	finally {
		reader.cancel().catch(() => {});
	}
}

function parse(block) {
	let name = "message";
	const data = [];
	for (const line of block.split("\n")) {
		const colon = line.indexOf(":");
		const field = (colon < 0) ? line : line.slice(0, colon);
		const value = (colon < 0) ? "" : line.slice(colon + 1).replace(/^ /, "");
		if (field === "event") {
			name = value;
		}
		else if (field === "data") {
			data.push(value);
		}
	}
	return { name, data: data.join("\n") };
}

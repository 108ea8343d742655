/**
 * Reads server-sent events from the body of a response, whatever pieces it arrives in.
 */
export async function* readEvents(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let event = { name: "message", data: [] };
	try {
		for await (const line of readLines(reader)) {
			if (line !== "") {
				read(line, event);
				continue;
			}
			if (event.data.length > 0) {
				yield { name: event.name, data: JSON.parse(event.data.join("\n")) };
			}
			event = { name: "message", data: [] };
		}
	}
	finally {
		reader.cancel().catch(() => {});
	}
}

/** A line is put together once, so that a long one costs no more than many short ones. */
async function* readLines(reader) {
	let pieces = [];
	let returned = false;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) {
			return;
		}
		// A line break that was cut in two has ended its line already
		const lines = ((returned && value.startsWith("\n")) ? value.slice(1) : value).split(/\r\n|\r|\n/);
		returned = value.endsWith("\r");
		pieces.push(lines[0]);
		for (let index = 1; index < lines.length; index++) {
			yield pieces.join("");
			pieces = [lines[index]];
		}
	}
}

function read(line, event) {
	const colon = line.indexOf(":");
	const field = (colon < 0) ? line : line.slice(0, colon);
	const value = (colon < 0) ? "" : line.slice(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
	if (field === "event") {
		event.name = value;
	}
	else if (field === "data") {
		event.data.push(value);
	}
}

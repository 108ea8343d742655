/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.routekit.OneLine;
import io.routekit.Outcome;
import io.routekit.json.JsonNodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs of agents and calls of tools as lines of JSON.
 */
final class AgentJson {

	private AgentJson() {
	}

	static ObjectNode write(TracedRun run) {
		ObjectNode node = summary("run", run.run().id(), run.time(), run.span(), run.outcome(), run.duration());
		addRun(node, run.run());
		node.put("rounds", run.rounds()).put("toolCalls", run.toolCalls());
		return node.put("stop", (run.stop() != null) ? run.stop().name() : null);
	}

	/**
	 * Write the call of a tool.
	 * @param tool the call
	 * @param texts redacts its arguments and its result, or {@code null} if they are not
	 * asked for
	 * @return the line
	 */
	static ObjectNode write(TracedTool tool, @Nullable RedactedText texts) {
		ObjectNode node = summary("tool", OneLine.ofName(tool.call().id()), tool.time(), tool.span(), tool.outcome(),
				tool.duration());
		addRun(node, tool.run());
		node.put("round", tool.round()).put("tool", OneLine.ofName(tool.call().name()));
		if (texts != null) {
			node.put("cut", !tool.content());
		}
		if (texts != null && tool.content()) {
			node.put("arguments", texts.of(tool.call().arguments()));
			node.put("result", (tool.result() != null) ? texts.of(tool.result().text()) : null);
		}
		return node;
	}

	private static ObjectNode summary(String type, String id, Instant time, @Nullable SpanIds span, Outcome outcome,
			Duration duration) {
		ObjectNode node = CallJson.summary(type, id, time, span);
		node.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
		node.set("duration", JsonNodes.valueOf(JsonNodes.seconds(duration)));
		return node;
	}

	private static void addRun(ObjectNode node, RunIds run) {
		node.set("tags", JsonNodes.valueOf(run.tags()));
		node.put("run", run.id()).put("agent", run.agent());
	}

}

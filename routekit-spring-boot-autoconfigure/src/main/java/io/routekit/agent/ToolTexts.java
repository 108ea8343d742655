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

package io.routekit.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import io.routekit.ContentPart;
import io.routekit.DurationText;
import io.routekit.JsonFaultsException;
import io.routekit.OneLine;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What a model is told of a call besides what the tool says. It ends up with the user
 * perhaps, so nothing of the application is in it.
 *
 * @param maxLength how many characters of a result are told
 */
record ToolTexts(int maxLength) {

	private static final int MAX_TOOLS = 100;

	private static final int MAX_FAULTS = 20;

	private static final int MAX_NAME_LENGTH = 64;

	private static final int MAX_QUOTE_LENGTH = 40;

	private static final int MAX_DEPTH = 10;

	ToolResult unknown(ToolCall call, Collection<String> names) {
		String known = names.stream().limit(MAX_TOOLS).collect(Collectors.joining(", "));
		String more = (names.size() > MAX_TOOLS) ? " and %d more".formatted(names.size() - MAX_TOOLS) : "";
		return ToolResult.error("There is no tool \"%s\". %s".formatted(name(call),
				names.isEmpty() ? "There are no tools." : "There are: " + known + more + "."));
	}

	ToolResult incomplete(ToolCall call) {
		String arguments = call.arguments();
		String end = arguments.substring(Math.max(0, arguments.length() - MAX_QUOTE_LENGTH));
		return ToolResult
			.error("The arguments of %s are not a complete JSON object; they ended with %s. Call it again with "
				.formatted(name(call), OneLine.of(end, MAX_QUOTE_LENGTH)) + "all of its arguments as one JSON object.");
	}

	ToolResult timeout(ToolCall call, Duration timeout) {
		return ToolResult.error("%s did not answer within %s. It is not known what it has done.".formatted(name(call),
				DurationText.of(timeout)));
	}

	ToolResult nothing() {
		return ToolResult.of("The call is done. It has no result.");
	}

	ToolResult unexpected(ToolCall call) {
		return ToolResult.error("%s failed. It is not known what it has done.".formatted(name(call)));
	}

	/**
	 * Return what is told of a failure.
	 * @param call the call that failed
	 * @param failure the failure
	 * @return the result, {@code null} if the model must not know
	 */
	@Nullable ToolResult failure(ToolCall call, Throwable failure) {
		if (failure instanceof JsonFaultsException exception) {
			return ToolResult.error("The arguments of %s are not valid: %s. Call it again with corrected arguments."
				.formatted(name(call), faults(exception.getFaults())));
		}
		if (failure instanceof ToolException && failure.getMessage() != null && !failure.getMessage().isBlank()) {
			return bounded(ToolResult.error(failure.getMessage()));
		}
		return null;
	}

	private static String faults(List<String> faults) {
		String first = faults.stream().limit(MAX_FAULTS).collect(Collectors.joining("; "));
		return (faults.size() > MAX_FAULTS) ? first + "; and %d more".formatted(faults.size() - MAX_FAULTS) : first;
	}

	/**
	 * Return what a tool has thrown.
	 * @param thrown what came from the tool
	 * @return the cause, if it came in something that only carries it
	 */
	static Throwable unwrap(Throwable thrown) {
		Throwable failure = Exceptions.unwrap(thrown);
		for (int i = 0; i < MAX_DEPTH; i++) {
			Throwable cause = isCarrier(failure) ? failure.getCause() : null;
			if (cause == null) {
				return failure;
			}
			failure = cause;
		}
		return failure;
	}

	private static boolean isCarrier(Throwable failure) {
		return failure instanceof CompletionException || failure instanceof ExecutionException
				|| failure instanceof InvocationTargetException || failure instanceof UndeclaredThrowableException;
	}

	/**
	 * Return a result that is not too long, and that has something to say.
	 * @param result the result
	 * @return the result, the same if it is fine
	 */
	ToolResult bounded(ToolResult result) {
		boolean onlyText = result.parts().stream().allMatch(TextPart.class::isInstance);
		String text = result.text();
		if (onlyText && text.isBlank()) {
			return new ToolResult(nothing().parts(), result.error());
		}
		return (text.length() > this.maxLength) ? cut(result, text.length()) : result;
	}

	private ToolResult cut(ToolResult result, int length) {
		List<ContentPart> parts = new ArrayList<>();
		int kept = 0;
		int last = 0;
		for (ContentPart part : result.parts()) {
			if (!(part instanceof TextPart text)) {
				parts.add(part);
			}
			else if (kept < this.maxLength) {
				String first = first(text.text(), this.maxLength - kept);
				kept += text.text().length();
				last = parts.size();
				parts.add(new TextPart(first));
			}
		}
		String note = "\n[Cut: these are the first %d of %d characters]".formatted(this.maxLength, length);
		parts.set(last, new TextPart(((TextPart) parts.get(last)).text() + note));
		return new ToolResult(parts, result.error());
	}

	private static String first(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		boolean halves = Character.isHighSurrogate(text.charAt(length - 1));
		return text.substring(0, halves ? length - 1 : length);
	}

	static String name(ToolCall call) {
		return OneLine.of(call.name(), MAX_NAME_LENGTH);
	}

}

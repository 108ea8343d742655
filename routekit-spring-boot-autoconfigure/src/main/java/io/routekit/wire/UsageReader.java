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

package io.routekit.wire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.TokenClass;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads the usage object of an answer, whose wire format its names tell: sorts its
 * counters into {@linkplain TokenClass classes} that have no token in common. Nothing
 * else interprets a counter, so that what is metered is what is priced.
 * <p>
 * A main counter that is missing is what the other one leaves of the total, and tokens
 * that only the total proves were generated. Parts are cut to what they are a part of. A
 * counter that is there but is no whole number up to 1,000,000,000 is
 * {@linkplain Usage#unreadable() unreadable}: it is neither zero nor cut down.
 *
 * @since 0.1.0
 */
public final class UsageReader {

	private static final String PROMPT = "prompt_tokens";

	private static final String COMPLETION = "completion_tokens";

	private static final String INPUT = "input_tokens";

	private static final String OUTPUT = "output_tokens";

	/**
	 * The names of the main counters.
	 */
	static final Set<String> MAIN = Set.of(PROMPT, COMPLETION, INPUT, OUTPUT);

	private static final String TOTAL = "total_tokens";

	private static final String INPUT_DETAILS = "input_tokens_details";

	private static final String OUTPUT_DETAILS = "output_tokens_details";

	private static final String CACHE_READ = "cache_read_input_tokens";

	private static final String CACHE_WRITE = "cache_creation_input_tokens";

	private static final String CACHE_CREATION = "cache_creation";

	private static final String ITERATIONS = "iterations";

	private static final String FALLBACK = "fallback_message";

	/**
	 * The names of the counters of what was written to the cache, by how long it is kept.
	 */
	private static final Map<TokenClass, String> WRITTEN = new EnumMap<>(Map.of(TokenClass.CACHE_WRITE_5M,
			"ephemeral_5m_input_tokens", TokenClass.CACHE_WRITE_30M, "ttl_30m_tokens", TokenClass.CACHE_WRITE_1H,
			"ephemeral_1h_input_tokens", TokenClass.CACHE_WRITE_12H, "ttl_12h_tokens"));

	private @Nullable String unreadable;

	private UsageReader() {
	}

	/**
	 * Read a usage object.
	 * @param raw the members by name
	 * @return the usage, or {@code null} if the object tells nothing of it
	 */
	public static @Nullable Usage read(Map<String, ?> raw) {
		Assert.notNull(raw, "'raw' must not be null");
		if (raw.isEmpty()) {
			return null;
		}
		UsageReader reader = new UsageReader();
		CounterObject usage = reader.counters(raw);
		usage.object("server_tool_use").count("web_search_requests");
		List<ModelTokens> passes = reader.readPasses(usage);
		Map<TokenClass, Long> tokens = (passes != null) ? sum(passes) : readTokens(usage);
		Long total = usage.countIfReadable(TOTAL);
		boolean told = !tokens.isEmpty() || total != null || reader.unreadable != null
				|| MAIN.stream().anyMatch(usage::has) || usage.has("cost") || usage.has("cost_in_usd_ticks");
		if (!told) {
			return null;
		}
		return Usage.builder().tokens(tokens).totalTokens(total).unreadable(reader.unreadable).raw(raw).build();
	}

	/**
	 * Read the tokens of each model that had a part in a usage.
	 * @param usage the usage
	 * @return the tokens of each pass of a model, of which most calls take one; they add
	 * up to those of the usage
	 */
	public static List<ModelTokens> readByModel(Usage usage) {
		Assert.notNull(usage, "'usage' must not be null");
		UsageReader reader = new UsageReader();
		List<ModelTokens> passes = reader.readPasses(reader.counters(usage.raw()));
		// What it was read from may not be its own any more
		return (passes != null && sum(passes).equals(usage.tokens())) ? passes
				: List.of(new ModelTokens(null, usage.tokens()));
	}

	/**
	 * Tell whether a usage object counts the tokens of the cache beside those of the
	 * input, rather than among them.
	 * @param raw the members by name
	 * @return whether it does
	 */
	public static boolean isBesideInput(Map<?, ?> raw) {
		Assert.notNull(raw, "'raw' must not be null");
		return isBesideInput(new UsageReader().counters(raw));
	}

	private static boolean isBesideInput(CounterObject usage) {
		if (!usage.has(INPUT) || usage.has(PROMPT) || usage.has(INPUT_DETAILS)) {
			return false;
		}
		return usage.has(CACHE_READ) || usage.has(CACHE_WRITE) || usage.has(CACHE_CREATION) || !usage.has(TOTAL);
	}

	private CounterObject counters(Map<?, ?> members) {
		return new CounterObject(members, this::markUnreadable);
	}

	private void markUnreadable(String name) {
		this.unreadable = (this.unreadable != null) ? this.unreadable : name;
	}

	private @Nullable List<ModelTokens> readPasses(CounterObject usage) {
		Object iterations = usage.members().get(ITERATIONS);
		if (iterations instanceof List<?> list && !list.isEmpty()) {
			return readIterations(list);
		}
		if (iterations != null && !(iterations instanceof List<?>)) {
			markUnreadable(ITERATIONS);
		}
		return null;
	}

	// They count more than the counters beside them
	private List<ModelTokens> readIterations(List<?> list) {
		List<CounterObject> iterations = new ArrayList<>();
		for (Object iteration : list) {
			if (iteration instanceof Map<?, ?> members) {
				iterations.add(counters(members));
			}
			else {
				markUnreadable(ITERATIONS);
			}
		}
		boolean fallback = iterations.stream().anyMatch((iteration) -> FALLBACK.equals(iteration.text("type")));
		List<ModelTokens> passes = new ArrayList<>();
		for (CounterObject iteration : iterations) {
			Map<TokenClass, Long> tokens = readTokens(iteration);
			// What was declined before any output is not charged
			if (!fallback || !isMessage(iteration) || !isWithoutOutput(tokens)) {
				passes.add(new ModelTokens(iteration.text("model"), tokens));
			}
		}
		return passes;
	}

	private static boolean isMessage(CounterObject iteration) {
		String type = iteration.text("type");
		return type == null || type.equals("message") || type.equals(FALLBACK);
	}

	private static boolean isWithoutOutput(Map<TokenClass, Long> tokens) {
		return tokens.containsKey(TokenClass.OUTPUT) && tokens.entrySet()
			.stream()
			.allMatch((number) -> number.getKey().isPrompt() || number.getValue() == 0);
	}

	private static Map<TokenClass, Long> sum(List<ModelTokens> passes) {
		Map<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
		if (passes.isEmpty()) {
			sum.put(TokenClass.INPUT, 0L);
			sum.put(TokenClass.OUTPUT, 0L);
		}
		passes.forEach((pass) -> pass.tokens().forEach((name, number) -> sum.merge(name, number, Long::sum)));
		// What one does not tell is not known of all
		for (ModelTokens pass : passes) {
			for (TokenClass main : List.of(TokenClass.INPUT, TokenClass.OUTPUT)) {
				if (!pass.tokens().containsKey(main)) {
					sum.remove(main);
				}
			}
		}
		return sum;
	}

	private static Map<TokenClass, Long> readTokens(CounterObject usage) {
		return isBesideInput(usage) ? readBesideInput(usage) : readWithinPrompt(usage);
	}

	private static Map<TokenClass, Long> readBesideInput(CounterObject usage) {
		TokenParts cache = new TokenParts(null);
		cache.take(TokenClass.CACHE_READ, usage.count(CACHE_READ));
		takeWritten(cache, TokenClass.CACHE_WRITE_5M, usage.count(CACHE_WRITE), usage.object(CACHE_CREATION));
		Map<TokenClass, Long> tokens = cache.with(TokenClass.INPUT, usage.count(INPUT));
		tokens.putAll(readGenerated(usage, usage.count(OUTPUT)));
		return tokens;
	}

	private static Map<TokenClass, Long> readWithinPrompt(CounterObject usage) {
		Long total = usage.countIfReadable(TOTAL);
		Long prompt = usage.has(PROMPT) ? usage.count(PROMPT) : usage.count(INPUT);
		Long completion = usage.has(COMPLETION) ? usage.count(COMPLETION) : usage.count(OUTPUT);
		if (!usage.has(PROMPT) && !usage.has(INPUT)) {
			prompt = rest(total, completion);
		}
		else if ((!usage.has(COMPLETION) && !usage.has(OUTPUT)) || isMore(total, prompt, completion)) {
			completion = rest(total, prompt);
		}
		CounterObject details = usage.object("prompt_tokens_details", INPUT_DETAILS);
		TokenParts parts = new TokenParts(prompt);
		parts.take(TokenClass.CACHE_READ, firstPositive(details.count("cached_tokens"),
				usage.count("prompt_cache_hit_tokens", "cached_tokens", CACHE_READ)));
		takeWritten(parts, TokenClass.CACHE_WRITE,
				firstPositive(details.count("cache_write_tokens", "cache_creation_tokens"), usage.count(CACHE_WRITE)),
				usage.object(CACHE_CREATION), details.object("cache_write_tokens_details"));
		parts.take(TokenClass.AUDIO_INPUT, details.count("audio_tokens"));
		Map<TokenClass, Long> tokens = parts.withRest(TokenClass.INPUT);
		tokens.putAll(readGenerated(usage, completion));
		return tokens;
	}

	private static boolean isMore(@Nullable Long total, @Nullable Long prompt, @Nullable Long completion) {
		return total != null && prompt != null && completion != null && total > prompt + completion;
	}

	private static @Nullable Long rest(@Nullable Long total, @Nullable Long part) {
		return (total != null && part != null && total >= part) ? Long.valueOf(total - part) : null;
	}

	private static @Nullable Long firstPositive(@Nullable Long first, @Nullable Long second) {
		return (first != null && (first > 0 || second == null)) ? first : second;
	}

	/**
	 * Take what was written to the cache.
	 * @param parts the parts of the prompt
	 * @param unexplained the class of the tokens that no split explains
	 * @param written all tokens that were written, or {@code null} if not known
	 * @param splits how many of them are kept for how long
	 */
	private static void takeWritten(TokenParts parts, TokenClass unexplained, @Nullable Long written,
			CounterObject... splits) {
		long explained = 0;
		for (CounterObject split : splits) {
			for (Map.Entry<TokenClass, String> part : WRITTEN.entrySet()) {
				Long number = split.count(part.getValue());
				parts.take(part.getKey(), number);
				explained += (number != null) ? number : 0;
			}
		}
		if (written != null && (written > explained || explained == 0)) {
			parts.take(unexplained, written - explained);
		}
	}

	private static Map<TokenClass, Long> readGenerated(CounterObject usage, @Nullable Long number) {
		CounterObject details = usage.object("completion_tokens_details", OUTPUT_DETAILS);
		TokenParts generated = new TokenParts(number);
		generated.take(TokenClass.AUDIO_OUTPUT, details.count("audio_tokens"));
		generated.take(TokenClass.REASONING,
				firstPositive(details.count("reasoning_tokens", "thinking_tokens"), usage.count("reasoning_tokens")));
		return generated.withRest(TokenClass.OUTPUT);
	}

}

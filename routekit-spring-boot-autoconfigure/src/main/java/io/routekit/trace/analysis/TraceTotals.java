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

package io.routekit.trace.analysis;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Sums over calls of models, and over runs of agents and calls of tools. Costs are exact;
 * percentiles are off by one percent at most.
 *
 * @since 0.1.0
 */
public final class TraceTotals {

	private static final double MEDIAN = 0.5;

	private static final double HIGH = 0.95;

	private final Percentiles durations = new Percentiles();

	private final Percentiles firstChunks = new Percentiles();

	private final Map<String, BigDecimal> costs = new TreeMap<>();

	private long calls;

	private long errors;

	private long promptTokens;

	private long completionTokens;

	private long cachedTokens;

	private long unpriced;

	private long runs;

	private long rounds;

	private BigDecimal runTime = BigDecimal.ZERO;

	private long tools;

	private long toolErrors;

	TraceTotals() {
	}

	void add(TraceLine line) {
		switch (line.type()) {
			case RUN -> addRun(line);
			case TOOL -> addTool(line);
			default -> addCall(line);
		}
	}

	private void addRun(TraceLine line) {
		this.runs++;
		this.rounds = sum(this.rounds, line.part().rounds());
		if (line.duration() != null) {
			this.runTime = this.runTime.add(BigDecimal.valueOf(line.duration()));
		}
	}

	private void addTool(TraceLine line) {
		this.tools++;
		this.toolErrors += line.outcome().equals(TraceLine.ERROR) ? 1 : 0;
	}

	private void addCall(TraceLine line) {
		this.calls++;
		this.errors += line.outcome().equals(TraceLine.ERROR) ? 1 : 0;
		this.promptTokens = sum(this.promptTokens, line.tokens(TraceLine.PROMPT_TOKENS));
		this.completionTokens = sum(this.completionTokens, line.tokens(TraceLine.COMPLETION_TOKENS));
		this.cachedTokens = sum(this.cachedTokens, line.tokens(TraceLine.CACHED_TOKENS));
		this.unpriced += line.isUnpriced() ? 1 : 0;
		if (line.cost() != null && line.currency() != null) {
			this.costs.merge(line.currency(), line.cost(), BigDecimal::add);
		}
		if (line.duration() != null) {
			this.durations.add(line.duration());
		}
		if (line.timeToFirstChunk() != null) {
			this.firstChunks.add(line.timeToFirstChunk());
		}
	}

	// Servers can report any number, and a sum that turns negative tells nothing
	private static long sum(long tokens, long others) {
		long sum = tokens + others;
		return (sum >= 0) ? sum : Long.MAX_VALUE;
	}

	/**
	 * Return the number of calls.
	 * @return the number
	 */
	public long getCalls() {
		return this.calls;
	}

	/**
	 * Return the number of calls that failed.
	 * @return the number
	 */
	public long getErrors() {
		return this.errors;
	}

	/**
	 * Return the tokens of the prompts, cached ones too.
	 * @return the number of tokens
	 */
	public long getPromptTokens() {
		return this.promptTokens;
	}

	/**
	 * Return the tokens that were generated.
	 * @return the number of tokens
	 */
	public long getCompletionTokens() {
		return this.completionTokens;
	}

	/**
	 * Return the tokens of the prompts that were read from a cache.
	 * @return the number of tokens
	 */
	public long getCachedTokens() {
		return this.cachedTokens;
	}

	/**
	 * Return the costs.
	 * @return amounts by their currency
	 */
	public Map<String, BigDecimal> getCosts() {
		return Collections.unmodifiableMap(this.costs);
	}

	/**
	 * Return the number of answers, and of other calls that used tokens, whose cost is
	 * not known.
	 * @return the number
	 */
	public long getUnpriced() {
		return this.unpriced;
	}

	/**
	 * Return the number of runs of agents that have ended. A run that was resumed counts
	 * once for each time.
	 * @return the number
	 */
	public long getRuns() {
		return this.runs;
	}

	/**
	 * Return how many times models answered in these runs.
	 * @return the number
	 */
	public long getRounds() {
		return this.rounds;
	}

	/**
	 * Return the time that these runs took together.
	 * @return the seconds
	 */
	public BigDecimal getRunTime() {
		return this.runTime;
	}

	/**
	 * Return the number of calls of tools.
	 * @return the number
	 */
	public long getTools() {
		return this.tools;
	}

	/**
	 * Return the number of calls of tools that failed.
	 * @return the number
	 */
	public long getToolErrors() {
		return this.toolErrors;
	}

	boolean hasAgents() {
		return this.runs > 0 || this.tools > 0;
	}

	/**
	 * Return the median of the durations.
	 * @return the seconds, or {@code null} if there is none
	 */
	public @Nullable Double getMedianDuration() {
		return this.durations.at(MEDIAN);
	}

	/**
	 * Return the duration that 95 percent of the calls did not exceed.
	 * @return the seconds, or {@code null} if there is none
	 */
	public @Nullable Double getHighDuration() {
		return this.durations.at(HIGH);
	}

	/**
	 * Return the median of the times to the first chunk of streams.
	 * @return the seconds, or {@code null} if there is none
	 */
	public @Nullable Double getMedianFirstChunk() {
		return this.firstChunks.at(MEDIAN);
	}

	/**
	 * Return the time to the first chunk that 95 percent of the streams did not exceed.
	 * @return the seconds, or {@code null} if there is none
	 */
	public @Nullable Double getHighFirstChunk() {
		return this.firstChunks.at(HIGH);
	}

}

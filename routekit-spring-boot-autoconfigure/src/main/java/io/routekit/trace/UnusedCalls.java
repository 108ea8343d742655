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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Recorded calls of which each can be taken once. They are sorted by the text of what
 * they ask, so that neither the one that asks the same nor the most similar one has to be
 * searched. Used by one thread at a time.
 */
final class UnusedCalls {

	private final List<TracedCall> calls;

	private final BitSet used = new BitSet();

	private @Nullable NavigableMap<String, Queue<Integer>> sorted;

	UnusedCalls(List<TracedCall> calls) {
		this.calls = List.copyOf(calls);
	}

	/**
	 * Take the first call that asks the same as a request.
	 * @param request the request
	 * @return the call, or {@code null} if there is none left
	 */
	@Nullable TracedCall take(RequestedCall request) {
		String text = text(request);
		Queue<Integer> same = sorted().get(text);
		Integer index = (same != null) ? first(same) : null;
		return (index != null) ? use(index) : null;
	}

	/**
	 * Take the first call that fits.
	 * @param filter tells whether a call fits
	 * @return the call, or {@code null} if there is none left
	 */
	@Nullable TracedCall take(Predicate<TracedCall> filter) {
		for (int i = next(0); i < this.calls.size(); i = next(i + 1)) {
			if (filter.test(this.calls.get(i))) {
				return use(i);
			}
		}
		return null;
	}

	/**
	 * Return the call that asks what is most similar to a request.
	 * @param request the request
	 * @return the call, or {@code null} if there is none left
	 */
	@Nullable TracedCall nearest(RequestedCall request) {
		String text = text(request);
		Map.Entry<String, Queue<Integer>> before = unused(sorted().floorEntry(text), text);
		Map.Entry<String, Queue<Integer>> after = unused(sorted().ceilingEntry(text), text);
		boolean first = before != null && (after == null || JsonDifference.commonPrefix(before.getKey(),
				text) >= JsonDifference.commonPrefix(after.getKey(), text));
		Map.Entry<String, Queue<Integer>> nearest = first ? before : after;
		Integer index = (nearest != null) ? first(nearest.getValue()) : null;
		return (index != null) ? this.calls.get(index) : null;
	}

	// What was taken is removed when it is in the way
	private Map.@Nullable Entry<String, Queue<Integer>> unused(Map.@Nullable Entry<String, Queue<Integer>> entry,
			String text) {
		Map.Entry<String, Queue<Integer>> unused = entry;
		while (unused != null && first(unused.getValue()) == null) {
			String key = unused.getKey();
			sorted().remove(key);
			unused = (key.compareTo(text) < 0) ? sorted().lowerEntry(key) : sorted().higherEntry(key);
		}
		return unused;
	}

	private @Nullable Integer first(Queue<Integer> indexes) {
		Integer index = indexes.peek();
		while (index != null && this.used.get(index)) {
			indexes.remove();
			index = indexes.peek();
		}
		return index;
	}

	private TracedCall use(int index) {
		this.used.set(index);
		return this.calls.get(index);
	}

	private NavigableMap<String, Queue<Integer>> sorted() {
		NavigableMap<String, Queue<Integer>> sorted = this.sorted;
		if (sorted == null) {
			sorted = new TreeMap<>();
			for (int i = next(0); i < this.calls.size(); i = next(i + 1)) {
				sorted.computeIfAbsent(text(RequestedCall.of(this.calls.get(i))), (text) -> new ArrayDeque<>(1)).add(i);
			}
			this.sorted = sorted;
		}
		return sorted;
	}

	private static String text(RequestedCall call) {
		return new ComparableRequest(call.request()).text() + (call.stream() ? " stream" : "");
	}

	/**
	 * Return the calls that were not taken.
	 * @return the calls in their order
	 */
	List<TracedCall> toList() {
		List<TracedCall> unused = new ArrayList<>();
		for (int i = next(0); i < this.calls.size(); i = next(i + 1)) {
			unused.add(this.calls.get(i));
		}
		return unused;
	}

	private int next(int index) {
		return this.used.nextClearBit(index);
	}

	/**
	 * Return how many calls were taken.
	 * @return the number
	 */
	int used() {
		return this.used.cardinality();
	}

	/**
	 * Return how many calls there were.
	 * @return the number
	 */
	int size() {
		return this.calls.size();
	}

}

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

package io.routekit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Watches the calls that go through its filter.
 */
public final class WatchedCalls {

	private final List<ModelCall> calls = Collections.synchronizedList(new ArrayList<>());

	private final List<CallEnd> ends = Collections.synchronizedList(new ArrayList<>());

	/**
	 * Return a filter that watches calls.
	 * @return the filter
	 */
	public ModelFilter filter() {
		return ModelFilter.ofListener((start) -> {
			this.calls.add(start.call());
			return this.ends::add;
		});
	}

	/**
	 * Return a model whose calls are given up after a time.
	 * @param total the time
	 * @param model the model
	 * @return the model
	 */
	public static Model within(Duration total, Model model) {
		return ModelCall.model("model", Timeouts.builder().total(total).build(), model);
	}

	/**
	 * Return the calls that have started.
	 * @return the calls
	 */
	public List<ModelCall> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * Return how the calls ended.
	 * @return the ends
	 */
	public List<CallEnd> ends() {
		return List.copyOf(this.ends);
	}

	/**
	 * Return what is known of the answer of the last call.
	 * @return the response
	 */
	public ModelResponse known() {
		@Nullable ModelResponse known = this.calls.get(this.calls.size() - 1).response();
		Assert.state(known != null, "Nothing is known of the answer");
		return known;
	}

}

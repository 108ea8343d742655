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

package io.routekit.resilience;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ProviderFacts;
import io.routekit.StructuredOutput;

/**
 * Tells what the servers of several models have in common, as each of them may answer the
 * same request.
 *
 * @param candidates the models, at least one
 */
record CommonOutput(Collection<Candidate> candidates) implements Function<ChatRequest, StructuredOutput> {

	@Override
	public StructuredOutput apply(ChatRequest request) {
		Model first = this.candidates.iterator().next().model().get();
		Set<StructuredOutput> outputs = this.candidates.stream()
			.map((candidate) -> output(candidate, request, first))
			.collect(Collectors.toSet());
		return (outputs.size() == 1) ? outputs.iterator().next() : StructuredOutput.NONE;
	}

	private static StructuredOutput output(Candidate candidate, ChatRequest request, Model first) {
		Model model = candidate.model().get();
		return ProviderFacts.of(chosen(model))
			.structuredOutput((model == first) ? request : candidate.translate(request, first));
	}

	// A model that is chosen does not fall back itself, and may fall back to this one
	private static Model chosen(Model model) {
		try {
			return model.unwrap(Fallback.class).model();
		}
		catch (IllegalStateException ex) {
			return model;
		}
	}

}

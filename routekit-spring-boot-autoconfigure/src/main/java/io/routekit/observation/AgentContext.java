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

package io.routekit.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.routekit.Model;
import io.routekit.Outcome;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

/**
 * What the contexts of runs and of calls of tools have in common: {@link ContextValues}
 * hold for their key values, by whether they are under way.
 */
abstract sealed class AgentContext extends Observation.Context permits AgentObservationContext, ToolObservationContext {

	private final SecretRedactor secrets;

	private final ContextValues values;

	private volatile @Nullable Outcome outcome;

	AgentContext(Model model, BoundedTags tags, SecretRedactor secrets) {
		this.secrets = secrets;
		this.values = new ContextValues(tags, secrets, model);
	}

	@Nullable Outcome outcome() {
		return this.outcome;
	}

	void end(Outcome outcome) {
		this.outcome = outcome;
	}

	private boolean isUnderWay() {
		return this.outcome == null;
	}

	String boundedValue(KeyValue tag) {
		return this.values.value(tag, isUnderWay());
	}

	@Override
	public void setError(Throwable error) {
		super.setError(this.secrets.redact(error));
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		return super.addLowCardinalityKeyValue(this.values.withoutSecrets(keyValue));
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		return super.addHighCardinalityKeyValue(this.values.withoutSecrets(keyValue));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.values.ofMeters(super.getLowCardinalityKeyValues(), isUnderWay());
	}

	@Override
	public KeyValues getAllKeyValues() {
		return this.values.ofSpans(super.getLowCardinalityKeyValues(), getHighCardinalityKeyValues(), isUnderWay());
	}

	@Override
	public void setContextualName(@Nullable String contextualName) {
		super.setContextualName(this.values.name(contextualName));
	}

}

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

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.Bystander;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentListener;
import io.routekit.agent.AgentRun;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolStep;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Observes each run of an agent and each call of a tool, which gives meters and spans.
 * The parent of a run is the observation in the subscriber's context, or else that of the
 * thread which subscribes. The run is the parent of the calls of models and tools that it
 * makes, so that they are one trace. An observation ends before the subscriber gets the
 * end, and a cancelled one after what it contains.
 *
 * @since 0.1.0
 * @see AgentObservationDocumentation
 */
public final class AgentObservationFilter implements AgentFilter {

	/**
	 * The order of the filter, outside of which are those of the application.
	 */
	public static final int ORDER = 1000;

	private final ObservationRegistry registry;

	private final @Nullable ObservationConvention<AgentObservationContext> runs;

	private final AgentObservationConvention defaultRuns;

	private final @Nullable ObservationConvention<ToolObservationContext> tools;

	private final ToolObservationConvention defaultTools;

	private final BoundedTags tags;

	private final SecretRedactor secrets;

	private final Bystander observers;

	private AgentObservationFilter(Builder builder) {
		this.registry = builder.registry;
		this.defaultRuns = builder.defaultRuns;
		this.defaultTools = builder.defaultTools;
		this.secrets = builder.secrets;
		this.runs = (builder.runs != null) ? new GuardedConvention<>(builder.runs, this.defaultRuns, this.secrets)
				: null;
		this.tools = (builder.tools != null) ? new GuardedConvention<>(builder.tools, this.defaultTools, this.secrets)
				: null;
		// The sets of tags of tools must not be at the expense of those of calls
		this.tags = builder.tags.withOwnSets();
		this.observers = new Bystander("What observes the runs of agents", this.secrets::redact);
	}

	/**
	 * Return a new builder.
	 * @param registry the registry of the observations
	 * @return the builder
	 */
	public static Builder builder(ObservationRegistry registry) {
		return new Builder(registry);
	}

	@Override
	public Flux<AgentEvent> filterRun(AgentRun run, Flux<AgentEvent> events) {
		return this.registry.isNoop() ? events : AgentListener.follow(events, (subscriber) -> {
			AgentObservationContext context = new AgentObservationContext(run, this.tags, this.secrets);
			Observation observation = this.observers.ask(() -> AgentObservationDocumentation.INVOKE_AGENT
				.observation(this.runs, this.defaultRuns, () -> context, this.registry));
			return new ObservedRun(context, new ObservedSubscription(observation, this.registry, this.observers),
					this.observers, subscriber);
		});
	}

	@Override
	public Mono<ToolStep> filterTool(ToolContext call, Mono<ToolStep> step) {
		return this.registry.isNoop() ? step : Mono.fromDirect(AgentListener.follow(step, (subscriber) -> {
			ToolObservationContext context = new ToolObservationContext(call, this.tags, this.secrets);
			Observation observation = this.observers.ask(() -> AgentObservationDocumentation.EXECUTE_TOOL
				.observation(this.tools, this.defaultTools, () -> context, this.registry));
			return new ObservedTool(context, new ObservedSubscription(observation, this.registry, this.observers),
					this.observers, subscriber);
		}));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Builder for {@link AgentObservationFilter}.
	 */
	public static final class Builder {

		private final ObservationRegistry registry;

		private @Nullable AgentObservationConvention runs;

		private AgentObservationConvention defaultRuns = new DefaultAgentObservationConvention();

		private @Nullable ToolObservationConvention tools;

		private ToolObservationConvention defaultTools = new DefaultToolObservationConvention();

		private BoundedTags tags = new BoundedTags();

		private SecretRedactor secrets = new SecretRedactor();

		private Builder(ObservationRegistry registry) {
			Assert.notNull(registry, "'registry' must not be null");
			this.registry = registry;
		}

		/**
		 * Set the convention of runs.
		 * @param convention the convention, or {@code null} for that of the registry
		 * @param defaultConvention the convention to use where the registry has none, and
		 * where the other one fails
		 * @return this builder
		 */
		public Builder runs(@Nullable AgentObservationConvention convention,
				AgentObservationConvention defaultConvention) {
			Assert.notNull(defaultConvention, "'defaultConvention' must not be null");
			this.runs = convention;
			this.defaultRuns = defaultConvention;
			return this;
		}

		/**
		 * Set the convention of tools.
		 * @param convention the convention, or {@code null} for that of the registry
		 * @param defaultConvention the convention to use where the registry has none, and
		 * where the other one fails
		 * @return this builder
		 */
		public Builder tools(@Nullable ToolObservationConvention convention,
				ToolObservationConvention defaultConvention) {
			Assert.notNull(defaultConvention, "'defaultConvention' must not be null");
			this.tools = convention;
			this.defaultTools = defaultConvention;
			return this;
		}

		/**
		 * Set what bounds the low-cardinality key values of whichever convention.
		 * @param tags the bounds; sets of tags are counted apart from those of calls
		 * @return this builder
		 */
		public Builder tags(BoundedTags tags) {
			Assert.notNull(tags, "'tags' must not be null");
			this.tags = tags;
			return this;
		}

		/**
		 * Set what takes the secrets out of what is observed.
		 * @param secrets the redactor, which knows no secret by default
		 * @return this builder
		 */
		public Builder secrets(SecretRedactor secrets) {
			Assert.notNull(secrets, "'secrets' must not be null");
			this.secrets = secrets;
			return this;
		}

		/**
		 * Build the filter.
		 * @return the filter
		 */
		public AgentObservationFilter build() {
			return new AgentObservationFilter(this);
		}

	}

}

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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.routekit.ChatOptions;
import io.routekit.JsonTypes;
import io.routekit.Model;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;

/**
 * Builder of an {@link Agent}. Not thread-safe.
 *
 * @since 0.1.0
 * @see Agent#builder(Model)
 */
public final class AgentBuilder {

	private static final int PARALLEL_CALLS = 8;

	private static final int MAX_RESULT_LENGTH = 100_000;

	private static final int SECRET_LENGTH = 32;

	private Model model;

	private String name = "agent";

	private @Nullable String instructions;

	private ChatOptions options = ChatOptions.empty();

	private AgentLimits limits = AgentLimits.defaults();

	private final List<Object> tools = new ArrayList<>();

	private final List<AgentFilter> filters = new ArrayList<>();

	private @Nullable JsonTypes jsonTypes;

	private Scheduler scheduler = Schedulers.boundedElastic();

	private int parallelCalls = PARALLEL_CALLS;

	private int maxResultLength = MAX_RESULT_LENGTH;

	private @Nullable String approvalSecret;

	AgentBuilder(Model model) {
		Assert.notNull(model, "'model' must not be null");
		this.model = model;
	}

	/**
	 * Set the model to ask.
	 * @param model the model
	 * @return this builder
	 */
	public AgentBuilder model(Model model) {
		Assert.notNull(model, "'model' must not be null");
		this.model = model;
		return this;
	}

	/**
	 * Set the name, for meters, spans and logs.
	 * @param name the name, {@code agent} by default
	 * @return this builder
	 */
	public AgentBuilder name(String name) {
		Assert.hasText(name, "'name' must not be empty");
		this.name = name;
		return this;
	}

	/**
	 * Set the system message that each call of the model begins with. It is not part of
	 * the conversation that a run returns.
	 * @param instructions the text, or {@code null} for none
	 * @return this builder
	 */
	public AgentBuilder instructions(@Nullable String instructions) {
		this.instructions = instructions;
		return this;
	}

	/**
	 * Set the options of the calls of the model. Those of a request win.
	 * @param options the options
	 * @return this builder
	 */
	public AgentBuilder options(ChatOptions options) {
		Assert.notNull(options, "'options' must not be null");
		this.options = options;
		return this;
	}

	/**
	 * Set limits of a run.
	 * @param limits sets them; the others keep their defaults
	 * @return this builder
	 */
	public AgentBuilder limits(Consumer<AgentLimits.Builder> limits) {
		Assert.notNull(limits, "'limits' must not be null");
		AgentLimits.Builder builder = new AgentLimits.Builder();
		limits.accept(builder);
		this.limits = builder.build();
		return this;
	}

	/**
	 * Set the limits of a run.
	 * @param limits the limits
	 * @return this builder
	 */
	public AgentBuilder limits(AgentLimits limits) {
		Assert.notNull(limits, "'limits' must not be null");
		this.limits = limits;
		return this;
	}

	/**
	 * Add a tool that takes an object and does something with it. What it returns, be it
	 * in a {@code Mono} or a {@code CompletionStage}, is told to the model as JSON unless
	 * it is text.
	 * @param <T> the type of the arguments
	 * @param name the name of the tool
	 * @param description what the tool does, for the model to read
	 * @param arguments the type of the arguments, for example a record
	 * @param function does it; it may block
	 * @return this builder
	 * @see AgentTool#builder(String, Class)
	 */
	public <T> AgentBuilder tool(String name, String description, Class<T> arguments, Function<? super T, ?> function) {
		return tools(AgentTool.builder(name, arguments).description(description).function(function));
	}

	/**
	 * Add a tool that takes an object and the context of the call.
	 * @param <T> the type of the arguments
	 * @param name the name of the tool
	 * @param description what the tool does, for the model to read
	 * @param arguments the type of the arguments, for example a record
	 * @param function does it; it may block
	 * @return this builder
	 * @see #tool(String, String, Class, Function)
	 */
	public <T> AgentBuilder tool(String name, String description, Class<T> arguments,
			BiFunction<? super T, ToolContext, ?> function) {
		return tools(AgentTool.builder(name, arguments).description(description).function(function));
	}

	/**
	 * Add tools.
	 * @param tools tools, {@linkplain AgentTool#builder(String, Class) builders} of
	 * tools, beans with methods that are a {@link ToolMethod}, and lists of these
	 * @return this builder
	 */
	public AgentBuilder tools(Object... tools) {
		Assert.notNull(tools, "'tools' must not be null");
		Assert.noNullElements(tools, "'tools' must not contain null elements");
		for (Object tool : tools) {
			if (tool instanceof Collection<?> collection) {
				tools(collection.toArray());
			}
			else {
				this.tools.add(tool);
			}
		}
		return this;
	}

	/**
	 * Add what surrounds the runs and the tools.
	 * @param filters the filters
	 * @return this builder
	 */
	public AgentBuilder filters(List<? extends AgentFilter> filters) {
		Assert.notNull(filters, "'filters' must not be null");
		Assert.noNullElements(filters, "'filters' must not contain null elements");
		this.filters.addAll(filters);
		return this;
	}

	/**
	 * Set what knows the JSON of the tools' arguments and of typed answers.
	 * @param jsonTypes the JSON of types, by default that of the model
	 * @return this builder
	 */
	public AgentBuilder jsonTypes(JsonTypes jsonTypes) {
		Assert.notNull(jsonTypes, "'jsonTypes' must not be null");
		this.jsonTypes = jsonTypes;
		return this;
	}

	/**
	 * Set where tools run that may block.
	 * @param scheduler the scheduler, by default {@link Schedulers#boundedElastic()}
	 * @return this builder
	 */
	public AgentBuilder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Set how many calls of one reply run at once.
	 * @param parallelCalls the number, 8 by default
	 * @return this builder
	 */
	public AgentBuilder parallelCalls(int parallelCalls) {
		Assert.isTrue(parallelCalls > 0, "'parallelCalls' must be positive");
		this.parallelCalls = parallelCalls;
		return this;
	}

	/**
	 * Set how long the result of a tool may be. The model gets the beginning of one that
	 * is longer, and is told so.
	 * @param maxResultLength the number of characters, 100,000 by default
	 * @return this builder
	 */
	public AgentBuilder maxResultLength(int maxResultLength) {
		Assert.isTrue(maxResultLength > 0, "'maxResultLength' must be positive");
		this.maxResultLength = maxResultLength;
		return this;
	}

	/**
	 * Set the secret that signs the calls which wait for approval. All instances of an
	 * application need the same one. Without one, only this agent can go on with its
	 * runs.
	 * @param approvalSecret the secret, a random text of 32 characters or more
	 * @return this builder
	 */
	public AgentBuilder approvalSecret(String approvalSecret) {
		Assert.notNull(approvalSecret, "'approvalSecret' must not be null");
		Assert.isTrue(approvalSecret.length() >= SECRET_LENGTH,
				() -> "'approvalSecret' must have %d characters or more".formatted(SECRET_LENGTH));
		this.approvalSecret = approvalSecret;
		return this;
	}

	/**
	 * Build the agent.
	 * @return the agent
	 * @throws IllegalArgumentException if two tools have one name, or an object is none
	 * and has none
	 */
	public Agent build() {
		List<AgentTool> tools = this.tools.stream().flatMap((tool) -> toTools(tool).stream()).toList();
		List<AgentFilter> filters = this.filters.stream().sorted(Comparator.comparingInt(Ordered::getOrder)).toList();
		ApprovalSigner signer = new ApprovalSigner(this.name, this.approvalSecret);
		return new DefaultAgent(new AgentSettings(this.name, this.model, this.instructions, this.options, this.limits,
				tools, new ToolRunner(tools, filters, this.parallelCalls, this.maxResultLength), filters, signer,
				jsonTypes()));
	}

	private List<AgentTool> toTools(Object tool) {
		if (tool instanceof AgentTool agentTool) {
			return List.of(agentTool);
		}
		if (tool instanceof AgentTool.Builder<?> builder) {
			return List.of(builder.build(types(), this.scheduler));
		}
		return MethodTools.of(tool, types(), this.scheduler);
	}

	private JsonTypes types() {
		return jsonTypes().get();
	}

	// Asked late: an agent whose tools are made by hand does without
	private Supplier<JsonTypes> jsonTypes() {
		JsonTypes types = this.jsonTypes;
		return (types != null) ? () -> types : this.model::jsonTypes;
	}

}

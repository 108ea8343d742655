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

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;

/**
 * Surrounds the runs of an agent and the calls of its tools, for example to observe them.
 * The first in the {@linkplain #getOrder() order} is the outermost. What it returns must
 * give what is given, unless the filter is there to change that.
 *
 * @since 0.1.0
 */
public interface AgentFilter extends Ordered {

	/**
	 * Surround a run. Whether it was asked for as a whole or as a stream, its events come
	 * through here; as a whole, each round has one event of the model.
	 * @param run the run
	 * @param events the events, cold
	 * @return the events
	 */
	default Flux<AgentEvent> filterRun(AgentRun run, Flux<AgentEvent> events) {
		return events;
	}

	/**
	 * Surround a call of a tool. Failures of the tool are results already. Those of the
	 * filter become one, as if the tool had failed, whatever its result was; so a
	 * {@link ToolException} refuses a call.
	 * @param context what the tool is called with
	 * @param step the call, cold
	 * @return the call
	 */
	default Mono<ToolStep> filterTool(ToolContext context, Mono<ToolStep> step) {
		return step;
	}

	@Override
	default int getOrder() {
		return 0;
	}

}

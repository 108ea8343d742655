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

package io.routekit.agent.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.AgentRun;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;

/**
 * Warns, when the first run waits for approval, that it cannot go on elsewhere.
 */
final class RandomSecretWarning implements AgentFilter {

	private static final Log logger = LogFactory.getLog(RandomSecretWarning.class);

	private final AtomicBoolean told = new AtomicBoolean();

	@Override
	public Flux<AgentEvent> filterRun(AgentRun run, Flux<AgentEvent> events) {
		return events.doOnNext((event) -> {
			if (event instanceof AgentEvent.Completed completed && completed.response().stop() == Stop.APPROVAL
					&& this.told.compareAndSet(false, true)) {
				logger.warn(
						"Calls of tools wait for approval, but '%s' is not set: only this instance can go on with them"
							.formatted(ApprovalSecret.PROPERTY) + ", and only until it is restarted");
			}
		});
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}

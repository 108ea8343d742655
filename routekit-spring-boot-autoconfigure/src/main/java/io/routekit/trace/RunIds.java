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

import java.util.Map;

import io.routekit.agent.AgentRun;

/**
 * What a line tells of the run that it belongs to: a run itself has the whole
 * conversation, which would stay in memory while the line waits.
 *
 * @param id the id of the run
 * @param agent the name of the agent
 * @param tags the tags of the request
 */
record RunIds(String id, String agent, Map<String, String> tags) {

	static RunIds of(AgentRun run) {
		return new RunIds(run.id(), run.agent(), run.request().tags());
	}

}

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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties that all agents have in common. Each agent is bound on its
 * own.
 *
 * @since 0.1.0
 * @see AgentProperties
 */
@ConfigurationProperties("routekit.agents")
public final class AgentsProperties {

	private final Approval approval = new Approval();

	public Approval getApproval() {
		return this.approval;
	}

	/**
	 * Approval of calls of tools.
	 */
	public static class Approval {

		/**
		 * Secret that signs the calls which wait for approval, a random text of 32
		 * characters or more. All instances of the application need the same one. Without
		 * it, a run goes on only where it began, until that instance is restarted.
		 */
		private @Nullable String secret;

		public @Nullable String getSecret() {
			return this.secret;
		}

		public void setSecret(@Nullable String secret) {
			this.secret = secret;
		}

	}

}

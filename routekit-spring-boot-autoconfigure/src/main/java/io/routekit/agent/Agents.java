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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * The agents of an application by their names: those of {@code routekit.agents.<name>},
 * and the application's own {@link Agent} beans by the names of the beans. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Agents {

	/**
	 * Return an agent.
	 * @param name its name
	 * @return the agent
	 * @throws IllegalArgumentException if there is none of that name; the message lists
	 * those that there are
	 */
	Agent get(String name);

	/**
	 * Return the names of the agents.
	 * @return the names
	 */
	Set<String> names();

	/**
	 * Create agents from a map, for example in a test.
	 * @param agents the agents by name
	 * @return the agents
	 */
	static Agents of(Map<String, ? extends Agent> agents) {
		Assert.notNull(agents, "'agents' must not be null");
		Map<String, Agent> copy = new LinkedHashMap<>(agents);
		return new Agents() {

			@Override
			public Agent get(String name) {
				Agent agent = copy.get(name);
				Assert.notNull(agent, () -> unknown(name, names()));
				return agent;
			}

			@Override
			public Set<String> names() {
				return Collections.unmodifiableSet(copy.keySet());
			}

		};
	}

	/**
	 * Tell that an agent is not known.
	 * @param name the name of the agent
	 * @param known the names of those that are
	 * @return the message
	 */
	static String unknown(String name, Set<String> known) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(known, "'known' must not be null");
		String names = new TreeSet<>(known).stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
		return "Unknown agent '%s', known: %s".formatted(name, names.isEmpty() ? "none" : names);
	}

}

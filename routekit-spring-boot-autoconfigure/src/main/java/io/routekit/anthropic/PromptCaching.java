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

package io.routekit.anthropic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.DurationText;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.anthropic.Turn.Role;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a prompt are cached: all that precedes a marked block, and the block.
 *
 * @param system whether the last system message is marked
 * @param tools whether the last tool is marked
 * @param messages whether the last message is marked
 * @param ttl how long the cache lives, or {@code null} for the default of the API
 */
record PromptCaching(boolean system, boolean tools, boolean messages, @Nullable String ttl) {

	static final PromptCaching NONE = new PromptCaching(false, false, false, null);

	private static final String MARK = "cache_control";

	private static final Map<Duration, String> TTLS = Map.of(Duration.ofMinutes(5), "5m", Duration.ofHours(1), "1h");

	static PromptCaching of(ModelSettings settings, AnthropicProperties.PromptCaching properties) {
		Duration ttl = properties.getTtl();
		if (ttl != null && !TTLS.containsKey(ttl)) {
			String name = settings.property("anthropic.prompt-caching.ttl");
			throw new ModelConfigurationException(
					"'%s' must be 5m or 1h but is %s".formatted(name, DurationText.of(ttl)),
					"Set '%s' to 5m or 1h".formatted(name));
		}
		return new PromptCaching(properties.isSystem(), properties.isTools(), properties.isMessages(),
				(ttl != null) ? TTLS.get(ttl) : null);
	}

	void markSystem(List<Map<String, Object>> blocks) {
		if (this.system) {
			markLast(blocks);
		}
	}

	void markTools(List<Map<String, Object>> tools) {
		if (this.tools) {
			markLast(tools);
		}
	}

	void markMessages(List<Turn> turns) {
		Turn last = turns.get(turns.size() - 1);
		List<Object> blocks = last.content();
		if (this.messages && last.role() != Role.ASSISTANT
				&& blocks.get(blocks.size() - 1) instanceof Map<?, ?> block) {
			Map<Object, Object> marked = new LinkedHashMap<>(block);
			marked.put(MARK, mark());
			blocks.set(blocks.size() - 1, marked);
		}
	}

	private void markLast(List<Map<String, Object>> blocks) {
		if (!blocks.isEmpty()) {
			blocks.get(blocks.size() - 1).put(MARK, mark());
		}
	}

	private Map<String, Object> mark() {
		return (this.ttl != null) ? Blocks.object("ephemeral", "ttl", this.ttl) : Blocks.object("ephemeral");
	}

}

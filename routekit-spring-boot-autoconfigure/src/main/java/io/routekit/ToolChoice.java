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

package io.routekit;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Whether a model may, must or must not call tools.
 *
 * @param mode the mode
 * @param tool the name of the tool that must be called in mode {@link Mode#TOOL},
 * otherwise {@code null}
 * @since 0.1.0
 */
public record ToolChoice(Mode mode, @Nullable String tool) {

	/**
	 * The model decides.
	 */
	public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, null);

	/**
	 * The model must not call a tool.
	 */
	public static final ToolChoice NONE = new ToolChoice(Mode.NONE, null);

	/**
	 * The model must call some tool.
	 */
	public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, null);

	public ToolChoice {
		Assert.notNull(mode, "'mode' must not be null");
		Assert.isTrue((mode == Mode.TOOL) == (tool != null), "'tool' must be set in mode TOOL and only there");
	}

	/**
	 * Return the choice of one tool.
	 * @param name the name of the tool that must be called
	 * @return the choice
	 */
	public static ToolChoice tool(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new ToolChoice(Mode.TOOL, name);
	}

	/**
	 * Return the choice for a text: {@code auto}, {@code none}, {@code required}, or the
	 * name of a tool.
	 * @param value the text
	 * @return the choice
	 */
	public static ToolChoice of(String value) {
		Assert.notNull(value, "'value' must not be null");
		return switch (value) {
			case "auto" -> AUTO;
			case "none" -> NONE;
			case "required" -> REQUIRED;
			default -> tool(value);
		};
	}

	/**
	 * The modes of a {@link ToolChoice}.
	 * <p>
	 * Further modes may be added, so code that tells them apart needs a default branch.
	 */
	public enum Mode {

		/**
		 * The model decides.
		 */
		AUTO,

		/**
		 * The model must not call a tool.
		 */
		NONE,

		/**
		 * The model must call some tool.
		 */
		REQUIRED,

		/**
		 * The model must call one certain tool.
		 */
		TOOL

	}

}

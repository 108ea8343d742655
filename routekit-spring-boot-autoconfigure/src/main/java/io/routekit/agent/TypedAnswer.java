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
import java.util.List;

import io.routekit.AnswerFormat;
import io.routekit.JsonFaultsException;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The answer of a run that must be of a type. The model may correct it once.
 *
 * @param <T> the type
 */
final class TypedAnswer<T> {

	private final AnswerFormat<T> format;

	private @Nullable T value;

	private boolean corrected;

	TypedAnswer(AnswerFormat<T> format) {
		this.format = format;
	}

	Model applyTo(Model model) {
		return this.format.applyTo(model);
	}

	/**
	 * Take what the model answers.
	 * @param response the answer
	 * @return what takes the place of the answer in the conversation, to have it
	 * corrected, or nothing if it fits
	 * @throws io.routekit.ModelException if it is no answer, or does not fit again
	 */
	List<Message> accept(ModelResponse response) {
		try {
			this.value = this.format.read(response);
			return Collections.emptyList();
		}
		catch (JsonFaultsException ex) {
			if (this.corrected) {
				throw this.format.failure(response, ex);
			}
			this.corrected = true;
			return this.format.correction(response, ex);
		}
	}

	T value() {
		Assert.state(this.value != null, "The run has no answer");
		return this.value;
	}

}

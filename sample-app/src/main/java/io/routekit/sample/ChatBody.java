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

package io.routekit.sample;

import io.routekit.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat request.
 *
 * @param model the name of a configured model, or {@code null} for the main one
 * @param request what to ask the model
 */
record ChatBody(@Nullable String model, ChatRequest request) {

}

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

package io.routekit.actuate;

import org.jspecify.annotations.Nullable;

/**
 * A part of what {@link RouteKitEndpoint} shows beside the models. Beans of this type are
 * shown in their order.
 *
 * @since 0.1.0
 */
public interface EndpointSection {

	/**
	 * Return the name of the section.
	 * @return the name, in camel case; no other section has it, and none is
	 * {@code models}
	 */
	String name();

	/**
	 * Describe what there is to show, as of now.
	 * @return a value that Jackson can write, without anything secret, or {@code null} if
	 * there is nothing
	 */
	@Nullable Object describe();

}

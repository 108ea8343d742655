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

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sample.
 *
 * @param allowedHosts the names by which the sample is reached, in lower case
 * @param allowedExtra the fields of the provider's request that a client may set as
 * {@code options.extra}
 * @param limit what clients may take
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue Set<String> allowedHosts, @DefaultValue Set<String> allowedExtra,
		@DefaultValue Limit limit) {

	/**
	 * What clients may take.
	 *
	 * @param chats how many chats there may be at once
	 * @param bodies how large their bodies may be together
	 * @param readTimeout how long a client may take to send a body
	 * @param writeTimeout how long a client may take to read what is sent
	 */
	record Limit(@DefaultValue("500") int chats, @DefaultValue("16MB") DataSize bodies,
			@DefaultValue("30s") Duration readTimeout, @DefaultValue("30s") Duration writeTimeout) {

	}

}

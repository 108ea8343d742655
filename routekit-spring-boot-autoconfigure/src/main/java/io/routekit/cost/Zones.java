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

package io.routekit.cost;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The zones of Azure, of which some are part of others.
 */
final class Zones {

	/**
	 * The zone of what is in no other.
	 */
	static final String GLOBAL = "global";

	private static final String REGIONAL = "regional";

	private Zones() {
	}

	/**
	 * Return the zones whose prices hold in a zone.
	 * @param zone the zone
	 * @return the zone itself and the wider one that it is part of, if any
	 */
	static List<String> around(String zone) {
		List<String> zones = new ArrayList<>();
		zones.add(zone);
		String wider = wider(zone);
		if (wider != null) {
			zones.add(wider);
		}
		return zones;
	}

	// Never the global one, whose price is lower
	private static @Nullable String wider(String zone) {
		return switch (zone) {
			case "datazone-us", "datazone-eu" -> "datazone-us-eu";
			default -> zone.startsWith(REGIONAL + "-") ? REGIONAL : null;
		};
	}

}

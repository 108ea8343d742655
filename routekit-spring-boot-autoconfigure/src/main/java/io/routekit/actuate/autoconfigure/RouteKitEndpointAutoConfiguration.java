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

package io.routekit.actuate.autoconfigure;

import io.routekit.Model;
import io.routekit.Models;
import io.routekit.actuate.AgentsSection;
import io.routekit.actuate.CallsSection;
import io.routekit.actuate.CatalogueSection;
import io.routekit.actuate.EndpointSection;
import io.routekit.actuate.MetersSection;
import io.routekit.actuate.RouteKitEndpoint;
import io.routekit.agent.Agent;
import io.routekit.agent.Agents;
import io.routekit.agent.autoconfigure.RouteKitAgentAutoConfiguration;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.CallLedger;
import io.routekit.observation.MeteringFilter;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link RouteKitEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RouteKitAutoConfiguration.class, RouteKitAgentAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(RouteKitEndpoint.class)
@Import(SecretConfiguration.class)
public final class RouteKitEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean({ Model.class, MeteringFilter.class })
	@ConditionalOnMissingBean
	CallLedger routeKitCallLedger(ObjectProvider<BoundedTags> tags) {
		return new CallLedger(tags.getIfAvailable(BoundedTags::new));
	}

	@Bean
	@ConditionalOnBean({ CurrentPriceCatalogue.class, Models.class })
	@ConditionalOnMissingBean
	@Order(0)
	CatalogueSection routeKitCatalogueSection(CurrentPriceCatalogue catalogue, Models models) {
		return new CatalogueSection(catalogue, models);
	}

	@Bean
	@ConditionalOnBean({ CallLedger.class, MeteringFilter.class })
	@ConditionalOnMissingBean
	@Order(1)
	CallsSection routeKitCallsSection(CallLedger ledger, MeteringFilter metering) {
		return new CallsSection(ledger, metering);
	}

	@Bean
	@ConditionalOnBean({ BoundedTags.class, MeteringFilter.class })
	@ConditionalOnMissingBean
	@Order(2)
	MetersSection routeKitMetersSection(BoundedTags tags, MeteringFilter metering) {
		return new MetersSection(tags, metering);
	}

	@Bean
	@ConditionalOnBean({ Agent.class, Agents.class, Models.class })
	@ConditionalOnMissingBean
	@Order(3)
	AgentsSection routeKitAgentsSection(Agents agents, Models models, SecretRedactor secrets) {
		return new AgentsSection(agents, models, secrets);
	}

	@Bean
	@ConditionalOnBean(Model.class)
	@ConditionalOnMissingBean
	RouteKitEndpoint routeKitEndpoint(Models models, ObjectProvider<EndpointSection> sections, SecretRedactor secrets) {
		return new RouteKitEndpoint(models, sections.orderedStream().toList(), secrets);
	}

}

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

package io.routekit.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import io.routekit.ApiKeySupplier;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.Models;
import io.routekit.StreamEvent;
import io.routekit.azure.AzureTokenSupplier;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.CostCalculator;
import io.routekit.cost.PriceCatalogue;
import io.routekit.memory.MemoryBudget;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.Route;
import io.routekit.secret.SecretRedactor;
import io.routekit.trace.RecordingMatcher;
import io.routekit.trace.TraceFilter;
import io.routekit.trace.TraceWriter;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.RateLimitListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * All that an application can add to the calls of its models, and all of it throws.
 */
@Configuration(proxyBeanMethods = false)
class HookedBeans {

	private static final int MANY = 1 << 30;

	private final Faults faults;

	HookedBeans(Faults faults) {
		this.faults = faults;
	}

	@Bean
	MemoryBudget inFlight() {
		return new MemoryBudget(MANY);
	}

	@Bean
	HttpModelFactory httpModelFactory(ObjectProvider<WebClient.Builder> clients,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectors, ObjectProvider<HttpClientSettings> httpSettings,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<ApiKeySupplier> keys,
			ObjectProvider<RateLimitListener> rateLimits, ObjectProvider<ErrorWords> errorWords, SecretRedactor secrets,
			MemoryBudget inFlight) {
		return new HttpModelFactory(clients, connectors, httpSettings, sslBundles, keys, rateLimits, errorWords,
				secrets, inFlight, Set.of("baggage"));
	}

	@Bean(destroyMethod = "dispose")
	ConnectionProvider oneConnection() {
		return ConnectionProvider.create("hooks", 1);
	}

	@Bean
	ClientHttpConnectorBuilder<?> clientHttpConnectorBuilder(ConnectionProvider oneConnection) {
		return ClientHttpConnectorBuilder.reactor().withHttpClientFactory(() -> HttpClient.create(oneConnection));
	}

	@Bean
	WebClientCustomizer webClientCustomizer() {
		return (client) -> client.filter((request, next) -> this.faults.at(Hook.HTTP_FILTER, next.exchange(request))
			.map((response) -> this.faults.at(Hook.HTTP_FILTER_MAP, response)));
	}

	@Bean
	ClientRequestObservationConvention clientRequestObservationConvention() {
		return new DefaultClientRequestObservationConvention() {

			@Override
			public @Nullable String getContextualName(ClientRequestObservationContext context) {
				return HookedBeans.this.faults.at(Hook.HTTP_CONVENTION, super.getContextualName(context));
			}

		};
	}

	@Bean
	ModelFilter hookedFilter() {
		return new HookedFilter(this.faults);
	}

	@Bean
	ModelFilter listeningFilter() {
		return ModelFilter.ofListener((start) -> this.faults.at(Hook.LISTENER, new HookedListener(this.faults)));
	}

	@Bean
	ApiKeySupplier apiKeySupplier() {
		return (model, request) -> this.faults.at(Hook.API_KEY,
				Mono.just("a-key-of-the-application").map((key) -> this.faults.at(Hook.API_KEY_MAP, key)));
	}

	@Bean
	AzureTokenSupplier azureTokenSupplier() {
		return new AzureTokenSupplier() {

			@Override
			public Mono<String> token() {
				return HookedBeans.this.faults.at(Hook.TOKEN, Mono.just("a-token-of-the-application"));
			}

			@Override
			public Mono<String> freshToken() {
				return HookedBeans.this.faults.at(Hook.FRESH_TOKEN, Mono.just("a-fresh-token-of-the-application"));
			}

		};
	}

	@Bean
	RateLimitListener rateLimitListener() {
		return (name, provider, limits) -> this.faults.at(Hook.RATE_LIMITS);
	}

	@Bean
	ResilienceListener resilienceListener() {
		return new ResilienceListener() {

			@Override
			public void onRetry(String name, Model model, ModelException failure) {
				HookedBeans.this.faults.at(Hook.RETRY);
			}

			@Override
			public void onFallback(String name, String target, ModelException failure) {
				HookedBeans.this.faults.at(Hook.FALLBACK);
			}

		};
	}

	@Bean
	CostCalculator costCalculator() {
		PriceCatalogue bundled = PriceCatalogue.bundled();
		CostCalculator delegate = new CatalogueCostCalculator(() -> this.faults.at(Hook.PRICES, bundled));
		return (call) -> this.faults.at(Hook.COST, delegate.calculate(call));
	}

	@Bean
	ContentRedactor contentRedactor() {
		return (content) -> this.faults.at(Hook.CONTENT, content);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	TraceFilter traceFilter(TraceWriter writer) {
		return new TraceFilter(writer, (context) -> {
			this.faults.at(Hook.SPAN_IDS);
			return null;
		});
	}

	@Bean
	ModelObservationConvention modelObservationConvention() {
		return new HookedObservations.Convention(this.faults);
	}

	@Bean
	HookedObservations.Handler hookedObservationHandler() {
		return new HookedObservations.Handler(this.faults);
	}

	@Bean
	ObservationPredicate observationPredicate() {
		return (name, context) -> {
			if (context instanceof ModelObservationContext) {
				this.faults.at(Hook.OBSERVATION_PREDICATE);
			}
			return true;
		};
	}

	@Bean
	ObservationFilter observationFilter() {
		return (context) -> (context instanceof ModelObservationContext)
				? this.faults.at(Hook.OBSERVATION_FILTER, context) : context;
	}

	@Bean
	MeterFilter meterFilter() {
		return new MeterFilter() {

			@Override
			public MeterFilterReply accept(Meter.Id id) {
				return isOfModels(id) ? HookedBeans.this.faults.at(Hook.METER_FILTER_ACCEPT, MeterFilterReply.NEUTRAL)
						: MeterFilterReply.NEUTRAL;
			}

			@Override
			public Meter.Id map(Meter.Id id) {
				return isOfModels(id) ? HookedBeans.this.faults.at(Hook.METER_FILTER_MAP, id) : id;
			}

			@Override
			public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
				return isOfModels(id) ? HookedBeans.this.faults.at(Hook.METER_FILTER_CONFIGURE, config) : config;
			}

			// The HTTP client has meters as well, which are not RouteKit's
			private boolean isOfModels(Meter.Id id) {
				return id.getName().startsWith("gen_ai.") || id.getName().startsWith("routekit.");
			}

		};
	}

	@Bean
	BulkheadRegistry bulkheadRegistry() {
		BulkheadRegistry registry = BulkheadRegistry.ofDefaults();
		registry.getEventPublisher()
			.onEntryAdded((added) -> added.getAddedEntry()
				.getEventPublisher()
				.onCallPermitted((event) -> this.faults.at(Hook.BULKHEAD_PERMITTED))
				.onCallFinished((event) -> this.faults.at(Hook.BULKHEAD_FINISHED)));
		return registry;
	}

	@Bean
	CircuitBreakerRegistry circuitBreakerRegistry() {
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
		registry.getEventPublisher()
			.onEntryAdded((added) -> added.getAddedEntry()
				.getEventPublisher()
				.onSuccess((event) -> this.faults.at(Hook.BREAKER_SUCCESS))
				.onError((event) -> this.faults.at(Hook.BREAKER_ERROR)));
		return registry;
	}

	@Bean
	ModelProvider customProvider(HttpModelFactory http) {
		return new HookedProvider(http, this.faults);
	}

	@Bean
	ModelProvider ownProvider() {
		return provider("own", new HookedModel(this.faults));
	}

	// The models of a route are looked up once, so that each call has a route of its own
	@Bean
	ModelProvider routeProvider(ObjectProvider<Models> models,
			@Qualifier("resilienceListener") ResilienceListener listener) {
		Models hooked = new Models() {

			@Override
			public Model get(String name) {
				Model model = models.getObject().get(name);
				return name.equals("model") ? model : HookedBeans.this.faults.at(Hook.OTHER_MODEL, model);
			}

			@Override
			public Set<String> names() {
				return models.getObject().names();
			}

		};
		return provider("route", new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return route().chat(request);
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return route().stream(request);
			}

			private Route route() {
				return Route.ordered("route", List.of("model", "fake"), EnumSet.allOf(ModelException.Kind.class),
						hooked, listener);
			}

		});
	}

	private static ModelProvider provider(String type, Model model) {
		return new ModelProvider() {

			@Override
			public String type() {
				return type;
			}

			@Override
			public Model create(ModelSettings settings) {
				return model;
			}

		};
	}

	@Bean
	RecordingMatcher recordingMatcher() {
		return (recorded, actual) -> this.faults.at(Hook.RECORDING,
				RecordingMatcher.byContent().difference(recorded, actual));
	}

}

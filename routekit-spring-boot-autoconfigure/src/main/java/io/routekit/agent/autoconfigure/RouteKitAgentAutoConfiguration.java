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

package io.routekit.agent.autoconfigure;

import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.Models;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.Agents;
import io.routekit.autoconfigure.PropertiesBindHandler;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link Agent agents}: those that
 * properties describe, and builders for those that an application makes itself.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitAutoConfiguration.class)
@ConditionalOnBean(Models.class)
@EnableConfigurationProperties(AgentsProperties.class)
@Import({ AgentsRegistrar.class, SecretConfiguration.class })
@ImportRuntimeHints(AgentRuntimeHints.class)
public final class RouteKitAgentAutoConfiguration {

	static final String AGENT_FACTORY = "routeKitAgentFactory";

	static final String TOOL_SCHEDULER = "routeKitToolScheduler";

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	Agents routeKitAgents(ListableBeanFactory beanFactory, SecretRedactor secrets) {
		return new AgentBeans(beanFactory, secrets);
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	AgentBuilder routeKitAgentBuilder(AgentBuilders builders, Model model) {
		return builders.create(model);
	}

	@Bean
	@Lazy
	AgentBuilders routeKitAgentBuilders(ObjectProvider<AgentFilter> filters, ObjectProvider<JsonTypes> jsonTypes,
			@Qualifier(TOOL_SCHEDULER) Scheduler scheduler, ApprovalSecret secret) {
		return new AgentBuilders(filters, jsonTypes, scheduler, secret);
	}

	@Bean(AGENT_FACTORY)
	@Lazy
	AgentFactory routeKitAgentFactory(Environment environment, Models models, ObjectProvider<Model> mainModel,
			AgentBuilders builders, ConfigurableListableBeanFactory beanFactory, ResourceLoader resourceLoader) {
		return new AgentFactory(PropertiesBindHandler.binder(environment), models, mainModel, builders, beanFactory,
				resourceLoader);
	}

	// An executor service, for a run that is cancelled interrupts its threads
	@Bean(name = TOOL_SCHEDULER, defaultCandidate = false)
	@Lazy
	@ConditionalOnMissingBean(name = TOOL_SCHEDULER)
	Scheduler routeKitToolScheduler(Environment environment) {
		return Threading.VIRTUAL.isActive(environment)
				? Schedulers.fromExecutorService(
						new ExecutorServiceAdapter(new VirtualThreadTaskExecutor("routekit-tool-")), "routekit-tool")
				: Schedulers.boundedElastic();
	}

	@Bean
	ApprovalSecret routeKitApprovalSecret(AgentsProperties properties, SecretRedactor secrets) {
		return new ApprovalSecret(properties.getApproval().getSecret(), secrets);
	}

}

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

package io.routekit.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A web application that prints what it has used when it is ready, and ends.
 */
@SpringBootApplication
public class StartUpApplication {

	/**
	 * Start the application.
	 * @param args arguments for Spring Boot
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(StartUpApplication.class, args);
		String measured = measure(context);
		context.close();
		// Behind all that is logged
		System.out.println(measured);
	}

	private static String measure(ConfigurableApplicationContext context) {
		long ready = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		long cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
		int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return "{\"ready\":%d,\"cpu\":%d,\"classes\":%d,\"beans\":%d,\"heap\":%d}".formatted(ready, cpu, classes,
				context.getBeanDefinitionCount(), heap);
	}

}

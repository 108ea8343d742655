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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method of a bean a tool. Its parameters are the arguments, by their names, for
 * which the class is compiled with {@code -parameters}; one of type {@link ToolContext}
 * is what the tool is called with, and no argument.
 * <p>
 * What the method returns is the result, as
 * {@link AgentTool.Builder#function(java.util.function.Function)} tells. If its return
 * type is a publisher or a {@link java.util.concurrent.CompletionStage}, the method must
 * not block; any other may.
 *
 * @since 0.1.0
 * @see MethodTools
 */
@Documented
@Reflective(ToolMethodReflectiveProcessor.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface ToolMethod {

	/**
	 * Return the name of the tool.
	 * @return the name, by default that of the method in small letters with {@code _}
	 * between its words
	 */
	String name() default "";

	/**
	 * Return what the tool does, for the model to read.
	 * @return the description, by default none
	 */
	String description() default "";

	/**
	 * Return whether the model must keep to the schema of the arguments strictly.
	 * @return whether it must, where a strict schema can tell the arguments
	 * @see AgentTool.Builder#strict()
	 */
	boolean strict() default false;

	/**
	 * Return whether the calls of a reply run one after the other.
	 * @return whether they do
	 */
	boolean serial() default false;

	/**
	 * Return how long a call may take.
	 * @return the time, for example {@code 5s}; by default, only the run limits it
	 */
	String timeout() default "";

	/**
	 * Return whether somebody must approve each call before it runs.
	 * @return whether somebody must
	 */
	boolean approval() default false;

}

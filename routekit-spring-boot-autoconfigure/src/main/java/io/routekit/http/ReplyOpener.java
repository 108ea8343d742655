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

import io.routekit.ModelException;
import io.routekit.memory.MemoryBudget;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;

import org.springframework.http.ResponseEntity;

/**
 * Knows what to make of the head of an answer, in the call that it answers.
 */
interface ReplyOpener {

	/**
	 * Return what stands for the answer before its head is there. It knows the secret
	 * that the call is made with as soon as there is one.
	 * @return what is known without it
	 */
	Reply noReply();

	/**
	 * Return what is known of the answer by its head.
	 * @param head the head
	 * @return what is known
	 */
	Reply reply(ResponseEntity<?> head);

	/**
	 * Return what the answers of all calls under way may keep together.
	 * @return the memory
	 */
	MemoryBudget inFlight();

	/**
	 * Start to read the answer.
	 * @param reply what is known of it
	 * @param kept counts what is kept of it
	 * @return what reads it
	 */
	ReplyReader read(Reply reply, KeptSize kept);

	/**
	 * Complete the failure that the answer turned out to be.
	 * @param failure the failure
	 * @param reply what is known of the answer
	 * @return the failure for the caller
	 */
	ModelException complete(ModelException failure, Reply reply);

}

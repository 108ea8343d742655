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

package io.routekit.benchmarks.server;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.routekit.benchmarks.Stamp;

/**
 * Writes a script to a connection.
 */
final class Player implements Runnable {

	private final Channel channel;

	private final Script script;

	private int next;

	private long due;

	private boolean waiting;

	Player(Channel channel, Script script) {
		this.channel = channel;
		this.script = script;
	}

	@Override
	public void run() {
		if (this.next >= this.script.writes() || !this.channel.isActive()) {
			return;
		}
		this.waiting = !this.channel.isWritable();
		if (!this.waiting) {
			this.channel.writeAndFlush(this.script.write(this.next++, this.channel.alloc()),
					this.channel.voidPromise());
			schedule();
		}
	}

	/**
	 * Go on if the connection took no more.
	 */
	void resume() {
		if (this.waiting && this.channel.isWritable()) {
			run();
		}
	}

	// The other connections have their turn in between
	private void schedule() {
		if (this.next == this.script.writes()) {
			return;
		}
		if (this.script.interval() == 0) {
			this.channel.eventLoop().execute(this);
			return;
		}
		long now = Stamp.now();
		this.due = (this.due != 0) ? this.due + this.script.interval() : now + this.script.interval();
		this.channel.eventLoop().schedule(this, Math.max(this.due - now, 0), TimeUnit.MICROSECONDS);
	}

}

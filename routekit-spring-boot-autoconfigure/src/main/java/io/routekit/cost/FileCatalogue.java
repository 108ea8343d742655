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

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * A catalogue in a file or on the class path, which is read again when it is newer.
 */
final class FileCatalogue implements CatalogueSource {

	private final Resource file;

	private long lastModified;

	FileCatalogue(Resource file) {
		this.file = file;
	}

	@Override
	public String name() {
		return this.file.toString();
	}

	@Override
	public boolean isRemote() {
		return false;
	}

	@Override
	public boolean canChange() {
		return this.file.isFile();
	}

	@Override
	public @Nullable PriceCatalogue read() throws IOException {
		long lastModified = lastModified();
		// Gone for a moment while it is replaced
		boolean gone = lastModified == 0 && this.lastModified != 0;
		if (gone || (lastModified != 0 && lastModified == this.lastModified)) {
			return null;
		}
		this.lastModified = lastModified;
		try (InputStream stream = this.file.getInputStream()) {
			return PriceCatalogue.read(stream, this.file.getFilename());
		}
	}

	private long lastModified() {
		try {
			return this.file.lastModified();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@Override
	public void cancel() {
	}

}

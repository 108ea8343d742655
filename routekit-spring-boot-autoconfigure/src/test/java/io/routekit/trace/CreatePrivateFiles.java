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

package io.routekit.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that creates files and directories in a directory.
 */
public final class CreatePrivateFiles {

	private CreatePrivateFiles() {
	}

	public static void main(String[] arguments) throws IOException {
		Path directory = Path.of(arguments[0]);
		Files.createDirectory(directory.resolve("other"));
		Path nested = directory.resolve("a").resolve("b");
		PrivateFiles.createDirectories(nested);
		PrivateFiles.create(nested.resolve("created")).close();
		PrivateFiles.append(nested.resolve("appended")).close();
	}

}

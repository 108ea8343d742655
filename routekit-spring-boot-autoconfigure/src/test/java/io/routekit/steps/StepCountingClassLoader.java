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

package io.routekit.steps;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Loads the classes of RouteKit anew, with calls of the {@link StepCounter} in them.
 */
public final class StepCountingClassLoader extends ClassLoader {

	private static final String COUNTED = "io.routekit.";

	private static final String NOT_COUNTED = StepCounter.class.getPackageName() + ".";

	private static final String COUNTER = Type.getInternalName(StepCounter.class);

	private static final Map<String, List<Method>> instanceMethods = byName(StepCounter.Instance.class);

	private static final Map<String, List<Method>> staticMethods = byName(StepCounter.Static.class);

	public StepCountingClassLoader() {
		super(StepCountingClassLoader.class.getClassLoader());
	}

	/**
	 * Return what uses code whose steps are counted.
	 * @param <T> the type of the uses, which no class loader has anew
	 * @param uses supplies the uses
	 * @return the uses
	 */
	@SuppressWarnings("unchecked") // The class is loaded anew, and supplies the same type
	public static <T> T counted(Class<? extends Supplier<T>> uses) {
		try {
			Constructor<?> constructor = new StepCountingClassLoader().loadClass(uses.getName())
				.getDeclaredConstructor();
			constructor.setAccessible(true);
			return ((Supplier<T>) constructor.newInstance()).get();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, List<Method>> byName(Class<?> type) {
		Map<String, List<Method>> methods = new HashMap<>();
		Arrays.stream(type.getMethods())
			.filter((method) -> method.getDeclaringClass() == type)
			.forEach((method) -> methods.merge(method.getName(), List.of(method),
					(some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
		return methods;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith(COUNTED) || name.startsWith(NOT_COUNTED)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : findClass(name);
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (stream == null) {
				throw new ClassNotFoundException(name);
			}
			ClassReader reader = new ClassReader(stream);
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			reader.accept(new CountingVisitor(writer), 0);
			byte[] bytes = writer.toByteArray();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

	private static final class CountingVisitor extends ClassVisitor {

		CountingVisitor(ClassVisitor next) {
			super(SpringAsmInfo.ASM_VERSION, next);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			return new CountingMethodVisitor(super.visitMethod(access, name, descriptor, signature, exceptions));
		}

	}

	private static final class CountingMethodVisitor extends MethodVisitor {

		CountingMethodVisitor(MethodVisitor next) {
			super(SpringAsmInfo.ASM_VERSION, next);
		}

		private void count(String method, String descriptor) {
			super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, method, descriptor, false);
		}

		@Override
		public void visitCode() {
			super.visitCode();
			count("step", "()V");
		}

		@Override
		public void visitJumpInsn(int opcode, Label label) {
			count("step", "()V");
			super.visitJumpInsn(opcode, label);
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
			countText(Type.getReturnType(descriptor));
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			boolean isStatic = opcode == Opcodes.INVOKESTATIC;
			Method counted = owner.startsWith("java/") ? find(isStatic, owner, name, descriptor) : null;
			if (counted != null) {
				super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(counted.getDeclaringClass()), name,
						Type.getMethodDescriptor(counted), false);
			}
			else {
				countValues(owner, descriptor);
				super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
			}
			boolean newText = owner.equals("java/lang/String") && name.equals("<init>");
			countText(newText ? Type.getObjectType(owner) : Type.getReturnType(descriptor));
		}

		private void countText(Type type) {
			if (type.getClassName().equals(String.class.getName())) {
				super.visitInsn(Opcodes.DUP);
				count("made", "(Ljava/lang/String;)V");
			}
		}

		// What is added or copied as a whole is the last argument
		private void countValues(String owner, String descriptor) {
			Type[] arguments = Type.getArgumentTypes(descriptor);
			String last = (arguments.length > 0) ? arguments[arguments.length - 1].getClassName() : "";
			boolean values = last.equals("java.util.Collection") || last.equals("java.util.Map");
			if (owner.startsWith("java/util/") && !owner.equals("java/util/Collections") && values) {
				super.visitInsn(Opcodes.DUP);
				count("read", "(Ljava/lang/Object;)V");
			}
		}

		private static Method find(boolean isStatic, String owner, String name, String descriptor) {
			List<Method> methods = (isStatic ? staticMethods : instanceMethods).getOrDefault(name,
					Collections.emptyList());
			return methods.stream().filter((method) -> {
				Type[] parameters = Type.getArgumentTypes(method);
				Type[] own = isStatic ? parameters : Arrays.copyOfRange(parameters, 1, parameters.length);
				boolean same = Arrays.equals(own, Type.getArgumentTypes(descriptor))
						&& Type.getReturnType(method).equals(Type.getReturnType(descriptor));
				return same && (isStatic || isKindOf(owner, method.getParameterTypes()[0]));
			}).findFirst().orElse(null);
		}

		private static boolean isKindOf(String owner, Class<?> type) {
			try {
				return type.isAssignableFrom(Class.forName(owner.replace('/', '.')));
			}
			catch (ClassNotFoundException ex) {
				return false;
			}
		}

	}

}

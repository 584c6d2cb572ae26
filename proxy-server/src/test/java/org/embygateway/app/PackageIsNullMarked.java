package org.embygateway.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Fails for a class whose package says nothing about null: the compiler's checks would pass it over. */
final class PackageIsNullMarked extends ArchCondition<JavaClass> {
    PackageIsNullMarked() {
        super("live in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass javaClass, ConditionEvents events) {
        boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(javaClass, marked, javaClass.getPackageName() + " is not @NullMarked"));
    }
}

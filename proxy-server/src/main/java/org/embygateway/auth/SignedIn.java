package org.embygateway.auth;

import org.embygateway.index.SignIn;
import org.embygateway.index.UserRecord;
import org.embygateway.protocol.Secret;

/** A fresh sign-in and the token that only the client keeps. */
public record SignedIn(UserRecord user, SignIn signIn, Secret token) {}

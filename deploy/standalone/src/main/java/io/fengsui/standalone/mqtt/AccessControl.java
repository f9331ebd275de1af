package io.fengsui.standalone.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Qos;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Retain;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Who may connect, and what they may do (design 4.1). A vendor publishes below its own level, QoS 0 or 1, not retained,
 * and hears of its rejections. The bridge hears everything and writes rejections. What is not allowed is denied.
 * A session is its client id's, whoever connects with it: an id that begins with a user's name belongs to that user.
 * Vendors are turned away until the bridge has subscribed: a message without subscriber would be acknowledged and gone.
 */
final class AccessControl implements ExtensionMain, SimpleAuthenticator {
    private static final String ROOT = "fengsui/v1/";

    private final MqttUsers users;
    private volatile boolean vendorsAdmitted;

    AccessControl(MqttUsers users) {
        this.users = users;
    }

    void admitVendors() {
        vendorsAdmitted = true;
    }

    EmbeddedExtension extension() {
        return EmbeddedExtension.builder()
                .withId("fengsui-access")
                .withName("Fengsui access control")
                .withVersion("1")
                .withExtensionMain(this)
                .build();
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry().setAuthenticatorProvider(provided -> this);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        Optional<String> user = connect.getUserName();
        Optional<ByteBuffer> password = connect.getPassword();
        if (user.isEmpty() || password.isEmpty() || !users.admits(user.get(), password.get())) {
            output.failAuthentication(
                    ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "user name or password is missing or wrong");
            return;
        }
        if (!mayUse(user.get(), connect.getClientId())) {
            output.failAuthentication(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "this client id is kept for another user");
            return;
        }
        if (!vendorsAdmitted && !user.get().equals(MqttUsers.BRIDGE)) {
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "starting; try again in some seconds");
            return;
        }
        ModifiableDefaultPermissions permissions = output.getDefaultPermissions();
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        if (user.get().equals(MqttUsers.BRIDGE)) {
            permissions.add(allow("fengsui/#", MqttActivity.SUBSCRIBE, Qos.ALL));
            permissions.add(allow(ROOT + "+/rejected/+", MqttActivity.PUBLISH, Qos.ZERO_ONE));
        } else {
            String own = ROOT + user.get();
            permissions.add(denyPublish(own + "/rejected/#"));
            permissions.add(allow(own + "/#", MqttActivity.PUBLISH, Qos.ZERO_ONE));
            permissions.add(allow(own + "/rejected/#", MqttActivity.SUBSCRIBE, Qos.ALL));
        }
        output.authenticateSuccessfully();
    }

    /** The bridge uses ids of its own only, so that all its sessions are guarded. */
    private boolean mayUse(String user, String clientId) {
        Optional<String> owner = users.ownerOf(clientId);
        return user.equals(MqttUsers.BRIDGE)
                ? owner.isPresent() && owner.get().equals(user)
                : owner.isEmpty() || owner.get().equals(user);
    }

    private static TopicPermission allow(String filter, MqttActivity activity, Qos qos) {
        return Builders.topicPermission()
                .topicFilter(filter)
                .type(PermissionType.ALLOW)
                .activity(activity)
                .qos(qos)
                .retain(Retain.NOT_RETAINED)
                .build();
    }

    private static TopicPermission denyPublish(String filter) {
        return Builders.topicPermission()
                .topicFilter(filter)
                .type(PermissionType.DENY)
                .activity(MqttActivity.PUBLISH)
                .build();
    }
}

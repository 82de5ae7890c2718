"""``Node``: whatever can be found again by its global id (Relay: Object Identification)."""

import strawberry

from schema.fields import CHINESE


@strawberry.interface(description="Anything that has a global id and can be found again by it (Relay).")
class Node:
    """What has a global id."""

    id: strawberry.ID = strawberry.field(
        description="Global id, opaque (Relay).", metadata={CHINESE: "全局标识，不透明"}
    )


setattr(Node, CHINESE, "有全局标识、可凭标识再次查到的对象")

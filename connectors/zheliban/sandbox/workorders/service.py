"""The work-order service as a component of the sandbox: its operations as one list."""

from connectors.zheliban.sandbox.answering import Answering
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.parameters import PAGE
from connectors.zheliban.sandbox.workorders.bodies import CreateBody, FollowUpBody, SupplementBody
from connectors.zheliban.sandbox.workorders.desk import Desk
from connectors.zheliban.sandbox.workorders.reads import Reads
from connectors.zheliban.sandbox.workorders.store import OrderStore
from connectors.zheliban.sandbox.writes import WriteBook

ROOT = "/workorders/v1"
_VIEWER = ("viewerId", "viewerEmployeeCode", "viewerStaff")
_LIST = ("regionCode", "status", "overdue", "satisfied", *PAGE, *_VIEWER)


def work_order_component(scene: Scene) -> Component:
    """Put the service together; its orders are seeded from the scene's world."""
    answering, studios = Answering("ORDER"), scene.studios
    store = OrderStore(scene.world, studios.time)
    reads, desk = Reads(store), Desk(store, studios)
    book = WriteBook(answering, studios.time.now)
    reading, writing = answering.reading, book.writing
    served = (
        Served("orders", "GET", f"{ROOT}/orders", reading(reads.orders, ("ids", *_VIEWER))),
        Served("users.orders", "GET", f"{ROOT}/users/orders", reading(reads.of_users, ("ownerIds", *_LIST))),
        Served("orders.list", "GET", f"{ROOT}/orders/list", reading(reads.all, _LIST)),
        Served("regions.orders", "GET", f"{ROOT}/regions/orders", reading(reads.regions, ("ids", "from", "to"))),
        Served("orders.create", "POST", f"{ROOT}/orders/create", writing("orders.create", desk.create, CreateBody)),
        Served(
            "orders.supplement",
            "POST",
            f"{ROOT}/orders/supplements",
            writing("orders.supplement", desk.supplement, SupplementBody),
        ),
        Served(
            "orders.followUp",
            "POST",
            f"{ROOT}/orders/follow-ups",
            writing("orders.followUp", desk.follow_up, FollowUpBody),
        ),
        Served("orders.writes", "GET", f"{ROOT}/writes", book.writes),
    )
    return Component(scene.settings.irs.components.workorder, served)

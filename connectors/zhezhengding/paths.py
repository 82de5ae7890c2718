"""What a path of the platform is called in counters, faults and health."""


def operation_of(path: str) -> str:
    """Its last part: ``/mozi/employee/getEmployeeByCode`` is ``getEmployeeByCode``, ``/gettoken.json`` ``gettoken``."""
    return path.rpartition("/")[2].removesuffix(".json")

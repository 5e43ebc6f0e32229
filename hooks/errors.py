"""What can go wrong with endpoints, in the words a person reads."""

from __future__ import annotations

from course.errors import CourseError


class AddressRefused(CourseError):
    code = "address_refused"
    message = "This address cannot be told anything; write a public one, like https://example.org/postil."


class EndpointExists(CourseError):
    code = "endpoint_exists"
    message = "This course tells that address already. Change its endpoint instead."


class TooManyEndpoints(CourseError):
    code = "too_many_endpoints"
    message = "A course has 20 endpoints at most. Delete one first."


class EndpointNotActive(CourseError):
    code = "endpoint_not_active"
    message = "This endpoint is paused or disabled, so nothing is sent. Resume it first."

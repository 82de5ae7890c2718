"""How much one call to 浙政钉 may carry (wire-formats A5)."""

from pydantic import Field

from connectors.zhezhengding.settings.part import Part


class BatchSettings(Part):
    """The published maxima. The sandbox refuses or caps what is above."""

    codes: int = Field(100, ge=1, le=100, description="most employee or organisation codes one call may carry")
    mobiles: int = Field(50, ge=1, le=50, description="most mobile numbers one call may carry")
    page_size: int = Field(100, ge=1, le=100, description="most rows of one page")

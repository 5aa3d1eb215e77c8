/* Without ICU's headers: Foundation brings ICU of its own, and both define the same names. The reader does not
   touch what differs, the insides of encoding handlers. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlreader.h>

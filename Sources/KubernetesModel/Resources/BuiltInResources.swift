// Written by Scripts/generate-catalog.py: change that, and run it again.

/// The resources of a Kubernetes 1.36 API server with metrics-server.
///
/// `@` starts a group version, in the server's order. A resource is one line:
/// name|kind|N(amespaced) or C(luster)|verbs|short names|categories|subresources name:kind:group version:verbs|columns.
/// Verbs are c(reate), d(elete), D(eletecollection), g(et), l(ist), p(atch), u(pdate), w(atch). A column is its name, then its type
/// when that is not string — :n (a string of format name), :i(nteger), :b(oolean), :d(ate) — and + when only wide output shows it.
enum BuiltInResources {
    static let table = """
        @v1
        bindings|Binding|N|c||||
        componentstatuses|ComponentStatus|C|gl|cs|||Name:n,Status,Message,Error
        configmaps|ConfigMap|N|cdDglpuw|cm|||Name:n,Data,Age
        endpoints|Endpoints|N|cdDglpuw|ep|||Name:n,Endpoints,Age
        events|Event|N|cdDglpuw|ev|||Last Seen,Type,Reason,Object,Subobject+,Source+,Message,First Seen+,Count+,Name:n+
        limitranges|LimitRange|N|cdDglpuw|limits|||Name:n,Created At:d
        namespaces|Namespace|C|cdglpuw|ns||finalize:Namespace::u,status:Namespace::gpu|Name:n,Status,Age
        nodes|Node|C|cdDglpuw|no||proxy:NodeProxyOptions::cdgpu,status:Node::gpu|Name:n,Status,Roles,Age,Version,Internal-IP+,External-IP+,OS-Image+,Kernel-Version+,Container-Runtime+
        persistentvolumeclaims|PersistentVolumeClaim|N|cdDglpuw|pvc||status:PersistentVolumeClaim::gpu|Name:n,Status,Volume,Capacity,Access Modes,StorageClass,VolumeAttributesClass,Age,VolumeMode+
        persistentvolumes|PersistentVolume|C|cdDglpuw|pv||status:PersistentVolume::gpu|Name:n,Capacity,Access Modes,Reclaim Policy,Status,Claim,StorageClass,VolumeAttributesClass,Reason,Age,VolumeMode+
        pods|Pod|N|cdDglpuw|po|all|attach:PodAttachOptions::cg,binding:Binding::c,ephemeralcontainers:Pod::gpu,eviction:Eviction:policy/v1:c,exec:PodExecOptions::cg,log:Pod::g,portforward:PodPortForwardOptions::cg,proxy:PodProxyOptions::cdgpu,resize:Pod::gpu,status:Pod::gpu|Name:n,Ready,Status,Restarts,Age,IP+,Node+,Nominated Node+,Readiness Gates+
        podtemplates|PodTemplate|N|cdDglpuw||||Name:n,Containers,Images,Pod Labels
        replicationcontrollers|ReplicationController|N|cdDglpuw|rc|all|scale:Scale:autoscaling/v1:gpu,status:ReplicationController::gpu|Name:n,Desired:i,Current:i,Ready:i,Age,Containers+,Images+,Selector+
        resourcequotas|ResourceQuota|N|cdDglpuw|quota||status:ResourceQuota::gpu|Name:n,Request,Limit,Age
        secrets|Secret|N|cdDglpuw||||Name:n,Type,Data,Age
        serviceaccounts|ServiceAccount|N|cdDglpuw|sa||token:TokenRequest:authentication.k8s.io/v1:c|Name:n,Age
        services|Service|N|cdDglpuw|svc|all|proxy:ServiceProxyOptions::cdgpu,status:Service::gpu|Name:n,Type,Cluster-IP,External-IP,Port(s),Age,Selector+
        @apiregistration.k8s.io/v1
        apiservices|APIService|C|cdDglpuw||api-extensions|status:APIService::gpu|Name:n,Service,Available,Age
        @apps/v1
        controllerrevisions|ControllerRevision|N|cdDglpuw||||Name:n,Controller,Revision,Age
        daemonsets|DaemonSet|N|cdDglpuw|ds|all|status:DaemonSet::gpu|Name:n,Desired:i,Current:i,Ready:i,Up-to-date:i,Available:i,Node Selector,Age,Containers+,Images+,Selector+
        deployments|Deployment|N|cdDglpuw|deploy|all|scale:Scale:autoscaling/v1:gpu,status:Deployment::gpu|Name:n,Ready,Up-to-date,Available,Age,Containers+,Images+,Selector+
        replicasets|ReplicaSet|N|cdDglpuw|rs|all|scale:Scale:autoscaling/v1:gpu,status:ReplicaSet::gpu|Name:n,Desired:i,Current:i,Ready:i,Age,Containers+,Images+,Selector+
        statefulsets|StatefulSet|N|cdDglpuw|sts|all|scale:Scale:autoscaling/v1:gpu,status:StatefulSet::gpu|Name:n,Ready,Age,Containers+,Images+
        @events.k8s.io/v1
        events|Event|N|cdDglpuw|ev|||Last Seen,Type,Reason,Object,Subobject+,Source+,Message,First Seen+,Count+,Name:n+
        @authentication.k8s.io/v1
        selfsubjectreviews|SelfSubjectReview|C|c||||
        tokenreviews|TokenReview|C|c||||
        @authorization.k8s.io/v1
        localsubjectaccessreviews|LocalSubjectAccessReview|N|c||||
        selfsubjectaccessreviews|SelfSubjectAccessReview|C|c||||
        selfsubjectrulesreviews|SelfSubjectRulesReview|C|c||||
        subjectaccessreviews|SubjectAccessReview|C|c||||
        @autoscaling/v2
        horizontalpodautoscalers|HorizontalPodAutoscaler|N|cdDglpuw|hpa|all|status:HorizontalPodAutoscaler::gpu|Name:n,Reference,Targets,MinPods,MaxPods,Replicas,Age
        @autoscaling/v1
        horizontalpodautoscalers|HorizontalPodAutoscaler|N|cdDglpuw|hpa|all|status:HorizontalPodAutoscaler::gpu|Name:n,Reference,Targets,MinPods,MaxPods,Replicas,Age
        @batch/v1
        cronjobs|CronJob|N|cdDglpuw|cj|all|status:CronJob::gpu|Name:n,Schedule,Timezone,Suspend:b,Active:i,Last Schedule,Age,Containers+,Images+,Selector+
        jobs|Job|N|cdDglpuw||all|status:Job::gpu|Name:n,Status,Completions,Duration,Age,Containers+,Images+,Selector+
        @certificates.k8s.io/v1
        certificatesigningrequests|CertificateSigningRequest|C|cdDglpuw|csr||approval:CertificateSigningRequest::gpu,status:CertificateSigningRequest::gpu|Name:n,Age,SignerName,Requestor,RequestedDuration,Condition
        @networking.k8s.io/v1
        ingressclasses|IngressClass|C|cdDglpuw||||Name:n,Controller,Parameters,Age
        ingresses|Ingress|N|cdDglpuw|ing||status:Ingress::gpu|Name:n,Class,Hosts,Address,Ports,Age
        ipaddresses|IPAddress|C|cdDglpuw|ip|||Name:n,ParentRef
        networkpolicies|NetworkPolicy|N|cdDglpuw|netpol|||Name:n,Pod-Selector,Age
        servicecidrs|ServiceCIDR|C|cdDglpuw|||status:ServiceCIDR::gpu|Name:n,CIDRs,Age
        @policy/v1
        poddisruptionbudgets|PodDisruptionBudget|N|cdDglpuw|pdb||status:PodDisruptionBudget::gpu|Name:n,Min Available,Max Unavailable,Allowed Disruptions:i,Age
        @rbac.authorization.k8s.io/v1
        clusterrolebindings|ClusterRoleBinding|C|cdDglpuw||||Name:n,Role,Age,Users+,Groups+,ServiceAccounts+
        clusterroles|ClusterRole|C|cdDglpuw||||Name:n,Created At:d
        rolebindings|RoleBinding|N|cdDglpuw||||Name:n,Role,Age,Users+,Groups+,ServiceAccounts+
        roles|Role|N|cdDglpuw||||Name:n,Created At:d
        @storage.k8s.io/v1
        csidrivers|CSIDriver|C|cdDglpuw||||Name:n,AttachRequired:b,PodInfoOnMount:b,StorageCapacity:b,TokenRequests,RequiresRepublish:b,Modes,Age
        csinodes|CSINode|C|cdDglpuw||||Name:n,Drivers:i,Age
        csistoragecapacities|CSIStorageCapacity|N|cdDglpuw||||Name:n,Created At:d
        storageclasses|StorageClass|C|cdDglpuw|sc|||Name:n,Provisioner,ReclaimPolicy,VolumeBindingMode,AllowVolumeExpansion,Age
        volumeattachments|VolumeAttachment|C|cdDglpuw|||status:VolumeAttachment::gpu|Name:n,Attacher:n,PV,Node,Attached:b,Age
        volumeattributesclasses|VolumeAttributesClass|C|cdDglpuw|vac|||Name:n,DriverName,Age
        @admissionregistration.k8s.io/v1
        mutatingadmissionpolicies|MutatingAdmissionPolicy|C|cdDglpuw||api-extensions||Name:n,Mutations:i,ParamKind,Age
        mutatingadmissionpolicybindings|MutatingAdmissionPolicyBinding|C|cdDglpuw||api-extensions||Name:n,PolicyName,ParamRef,Age
        mutatingwebhookconfigurations|MutatingWebhookConfiguration|C|cdDglpuw||api-extensions||Name:n,Webhooks:i,Age
        validatingadmissionpolicies|ValidatingAdmissionPolicy|C|cdDglpuw||api-extensions|status:ValidatingAdmissionPolicy::gpu|Name:n,Validations:i,ParamKind,Age
        validatingadmissionpolicybindings|ValidatingAdmissionPolicyBinding|C|cdDglpuw||api-extensions||Name:n,PolicyName,ParamRef,Age
        validatingwebhookconfigurations|ValidatingWebhookConfiguration|C|cdDglpuw||api-extensions||Name:n,Webhooks:i,Age
        @apiextensions.k8s.io/v1
        customresourcedefinitions|CustomResourceDefinition|C|cdDglpuw|crd,crds|api-extensions|status:CustomResourceDefinition::gpu|Name:n,Created At:d
        @scheduling.k8s.io/v1
        priorityclasses|PriorityClass|C|cdDglpuw|pc|||Name:n,Value:i,Global-Default:b,Age,PreemptionPolicy
        @coordination.k8s.io/v1
        leases|Lease|N|cdDglpuw||||Name:n,Holder,Age
        @node.k8s.io/v1
        runtimeclasses|RuntimeClass|C|cdDglpuw||||Name:n,Handler,Age
        @discovery.k8s.io/v1
        endpointslices|EndpointSlice|N|cdDglpuw||||Name:n,AddressType,Ports,Endpoints,Age
        @resource.k8s.io/v1
        deviceclasses|DeviceClass|C|cdDglpuw||||Name:n,Age
        resourceclaims|ResourceClaim|N|cdDglpuw|||status:ResourceClaim::gpu|Name:n,State,Age
        resourceclaimtemplates|ResourceClaimTemplate|N|cdDglpuw||||Name:n,Age
        resourceslices|ResourceSlice|C|cdDglpuw||||Name:n,Node,Driver,Pool,Age
        @flowcontrol.apiserver.k8s.io/v1
        flowschemas|FlowSchema|C|cdDglpuw|||status:FlowSchema::gpu|Name:n,PriorityLevel,MatchingPrecedence,DistinguisherMethod,Age,MissingPL
        prioritylevelconfigurations|PriorityLevelConfiguration|C|cdDglpuw|||status:PriorityLevelConfiguration::gpu|Name:n,Type,NominalConcurrencyShares,Queues,HandSize,QueueLengthLimit,Age
        @metrics.k8s.io/v1beta1
        nodes|NodeMetrics|C|gl||||Name:n,cpu,memory,Window
        pods|PodMetrics|N|gl||||Name:n,cpu,memory,Window
        """
}
